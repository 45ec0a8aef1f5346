package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;

/**
 * Takes each action a number of times, as {@link RepeatAction} does, and shows the larger of the
 * last two observations, element by element.
 *
 * <p>Takes a Box of observations and actions that are not masked; gives the same spaces. An episode
 * may end before the action has been repeated in full; then the last two observations of that
 * action are taken, or the only one, where Gymnasium 1.3.0 shows older frames. State saved: that of
 * {@link RepeatAction}.
 *
 * @param skip how often an action is taken, at least 2
 */
public record MaxAndSkip(
    @Described(value = "how often each action is taken", range = "at least 2") int skip)
    implements Wrapper {

  public MaxAndSkip {
    Require.atLeast("skip", skip, 2);
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

  private static final class Skipping extends RepeatAction.Repeating {
    private final boolean real;
    private final int width;
    private final Columns before;

    Skipping(MaxAndSkip wrapper, VectorEnvironment inner, Box box) {
      super(wrapper, inner, wrapper.skip);
      this.real = box.dtype() == DType.FLOAT32;
      this.width = box.size();
      this.before = new Columns(box, inner.rows());
    }

    @Override
    void pass(int row, Columns seen) {
      before.copyRow(seen, row, row);
    }

    @Override
    void show(int row, int taken, Columns seen, Columns shown) {
      if (taken == 1) {
        shown.copyRow(seen, row, row);
        return;
      }
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
  }
}
