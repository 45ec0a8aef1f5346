package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Takes each action a number of times and shows the last observation.
 *
 * <p>Takes any spaces, but no masked actions; gives the same spaces. The rewards of the steps taken
 * are added up, each multiplied by the environment's own discounts before it (1 unless the task
 * says otherwise), and the discounts are multiplied. Diagnostics are those of the last step taken.
 * An episode may end before the action has been repeated in full. The task's limit counts the
 * task's own steps: an episode is cut within an action where the limit is reached, and the limit in
 * the spec is the number of actions that this takes. State saved: the number of steps in the
 * episode of every row.
 *
 * @param times how often each action is taken, at least 2
 */
public record RepeatAction(
    @Described(value = "how often each action is taken", range = "at least 2") int times)
    implements Wrapper {

  public RepeatAction {
    Require.atLeast("times", times, 2);
  }

  /** Each action four times. */
  public RepeatAction() {
    this(4);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    Checks.notMasked("repeat-action", inner.spec());
    return new Repeating(this, inner, times);
  }

  /** Repeats actions; what is shown of the steps taken can be overridden. */
  static class Repeating extends WrappedEnvironments implements TimeLimit.Kept {
    private final int times;
    private final int limit;
    private final long[] lengths;
    private Rows active;
    private Rows following;

    Repeating(Wrapper wrapper, VectorEnvironment inner, int times) {
      super(wrapper, inner, spec(inner.spec(), times), Change.DYNAMICS);
      this.times = times;
      this.limit = inner.spec().maxEpisodeSteps();
      this.lengths = new long[inner.rows()];
      this.active = new Rows(inner.rows());
      this.following = new Rows(inner.rows());
    }

    private static EnvironmentSpec spec(EnvironmentSpec spec, int times) {
      return spec.withMaxEpisodeSteps(Math.ceilDiv(spec.maxEpisodeSteps(), times));
    }

    /** Takes note of an observation that another step of the same action follows. */
    void pass(int row, Columns seen) {}

    /** Shows the last observation of an action. */
    void show(int row, int taken, Columns seen, Columns shown) {
      shown.copyRow(seen, row, row);
    }

    @Override
    public final void reset(Rows rows, RandomStreams random, Observations observations) {
      super.reset(rows, random, observations);
      for (int i = 0; i < rows.count(); i++) {
        lengths[rows.at(i)] = 0;
      }
    }

    @Override
    public final void step(Rows rows, Columns actions, RandomStreams random, Outcomes outcomes) {
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

    /** Takes in one step of a row, and returns whether another one follows. */
    private boolean add(int row, int taken, Outcomes inside, Outcomes outcomes) {
      Columns seen = inside.observations().values();
      outcomes.addResults(inside, row, row);
      lengths[row]++;
      outcomes.truncated()[row] |= lengths[row] == limit;
      if (!outcomes.terminated()[row] && !outcomes.truncated()[row] && taken < times) {
        pass(row, seen);
        return true;
      }
      show(row, taken, seen, outcomes.observations().values());
      return false;
    }

    @Override
    public final void carry(State state, int row) {
      state.begin("repeat-action", 1);
      lengths[row] = state.carry("lengths", lengths[row]);
      state.end();
      super.carry(state, row);
    }
  }
}
