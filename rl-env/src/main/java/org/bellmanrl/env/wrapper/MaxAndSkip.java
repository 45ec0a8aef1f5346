package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Repeats each action and shows the larger of the last two observations, element by element.
 *
 * <p>Takes a Box of observations and actions that are not masked; gives the same spaces. Rewards of
 * the steps taken are added up (each multiplied by the environment's own discounts before it, which
 * are 1 unless the task says otherwise), and discounts are multiplied. Diagnostics are those of the
 * last step taken.
 *
 * <p>An episode may end before the action has been repeated in full; then the last two observations
 * of that action are taken, or the only one, where Gymnasium 1.3.0 shows older frames. The task's
 * limit goes on counting the task's own steps: an episode is cut in the middle of an action where
 * it is reached, and the limit in the spec is the number of actions that takes.
 *
 * <p>State saved: the number of steps in the episode of every row.
 *
 * @param skip how often an action is taken, at least 2
 */
public record MaxAndSkip(
    @Described(value = "how often each action is taken", range = "2 or more") int skip)
    implements Wrapper {

  public MaxAndSkip {
    Checks.atLeast("skip", 2, skip);
  }

  /** Each action four times. */
  public MaxAndSkip() {
    this(4);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    if (!(spec.observationSpace() instanceof Box box)) {
      throw Checks.observations(
          "max-and-skip", "a Box (flatten-observation makes one)", spec.observationSpace());
    }
    Checks.notMasked("max-and-skip", spec);
    return new Skipping(this, inner, box);
  }

  private static final class Skipping extends WrappedEnvironments {
    private final int skip;
    private final int limit;
    private final boolean real;
    private final int width;
    private final long[] lengths;
    private final Columns before;
    private Rows active;
    private Rows following;

    Skipping(MaxAndSkip wrapper, VectorEnvironment inner, Box box) {
      super(wrapper, inner, spec(inner, wrapper.skip), Change.DYNAMICS);
      this.skip = wrapper.skip;
      this.limit = inner.spec().maxEpisodeSteps();
      this.real = box.dtype() == DType.FLOAT32;
      this.width = box.size();
      this.lengths = new long[inner.rows()];
      this.before = new Columns(box, inner.rows());
      this.active = new Rows(inner.rows());
      this.following = new Rows(inner.rows());
    }

    private static EnvironmentSpec spec(VectorEnvironment inner, int skip) {
      return inner.spec().withMaxEpisodeSteps(Math.ceilDiv(inner.spec().maxEpisodeSteps(), skip));
    }

    @Override
    public void reset(Rows rows, RandomStreams random, Observations observations) {
      inner().reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        lengths[rows.at(i)] = 0;
      }
    }

    @Override
    public void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
      active.clear();
      for (int i = 0; i < rows.count(); i++) {
        active.add(rows.at(i));
      }
      for (int taken = 1; !active.isEmpty(); taken++) {
        Outcomes inside = stepInside(active, actions, random);
        following.clear();
        for (int i = 0; i < active.count(); i++) {
          int row = active.at(i);
          if (add(row, taken, inside, outcomes)) {
            following.add(row);
          }
        }
        Rows done = active;
        active = following;
        following = done;
      }
    }

    /** Takes in one step of a row; whether another one follows. */
    private boolean add(int row, int taken, Outcomes inside, Outcomes outcomes) {
      double sum = taken == 1 ? 0 : outcomes.reward()[row];
      double discount = taken == 1 ? 1 : outcomes.discount()[row];
      outcomes.reward()[row] = sum + discount * inside.reward()[row];
      outcomes.discount()[row] = discount * inside.discount()[row];
      lengths[row]++;
      boolean terminated = inside.terminated()[row];
      boolean truncated = inside.truncated()[row] || lengths[row] == limit;
      Columns seen = inside.observations().values();
      if (!terminated && !truncated && taken < skip) {
        before.copyRow(seen, row, row);
        return true;
      }
      outcomes.terminated()[row] = terminated;
      outcomes.truncated()[row] = truncated;
      int diagnostics = inside.diagnosticsWidth();
      System.arraycopy(
          inside.diagnostics(),
          row * diagnostics,
          outcomes.diagnostics(),
          row * diagnostics,
          diagnostics);
      Columns shown = outcomes.observations().values();
      if (taken == 1) {
        shown.copyRow(seen, row, row);
      } else {
        larger(row, seen, shown);
      }
      return false;
    }

    private void larger(int row, Columns seen, Columns shown) {
      int from = row * width;
      int to = from + width;
      if (real) {
        for (int i = from; i < to; i++) {
          shown.floats()[i] = Math.max(before.floats()[i], seen.floats()[i]);
        }
      } else {
        for (int i = from; i < to; i++) {
          shown.bytes()[i] = (byte) Math.max(before.bytes()[i] & 0xFF, seen.bytes()[i] & 0xFF);
        }
      }
    }

    @Override
    public void carry(State state, int row) {
      state.begin("max-and-skip", 1);
      lengths[row] = state.carry("lengths", lengths[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
