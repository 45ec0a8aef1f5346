package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Shows each observation a number of steps late.
 *
 * <p>Takes and gives any space. Until the first observation of an episode is due, the value nearest
 * to zero is shown (for a Discrete, its start). Rewards, ends and masks are not delayed. State
 * saved: the observations on their way, of every row.
 *
 * @param delay how many steps late, at least 0
 */
public record DelayObservation(
    @Described(value = "how many steps late", range = Require.NOT_NEGATIVE) int delay)
    implements Wrapper {

  public DelayObservation {
    Require.atLeast("delay", delay, 0);
  }

  /** One step late. */
  public DelayObservation() {
    this(1);
  }

  /** The transform for observations of a space, in so many rows. */
  public ObservationTransform transform(Space space, int rows) {
    return new Delaying(space, delay, rows);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(
        this, inner, transform(inner.spec().observationSpace(), inner.rows()));
  }

  private static final class Delaying implements ObservationTransform {
    private final Space space;
    private final int delay;
    private final Columns zero;

    /** A ring of {@code delay} places for each row. */
    private final Columns waiting;

    private final long[] seen;

    Delaying(Space space, int delay, int rows) {
      this.space = space;
      this.delay = delay;
      this.zero = ZeroValue.of(space);
      this.waiting = new Columns(space, Math.max(1, Math.multiplyExact(delay, rows)));
      this.seen = new long[rows];
    }

    @Override
    public Space space() {
      return space;
    }

    @Override
    public void begin(Rows rows, Columns in, Columns out) {
      for (int i = 0; i < rows.count(); i++) {
        seen[rows.at(i)] = 0;
      }
      next(rows, in, out);
    }

    @Override
    public void next(Rows rows, Columns in, Columns out) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (delay == 0) {
          out.copyRow(in, row, row);
          continue;
        }
        int place = row * delay + (int) (seen[row] % delay);
        if (seen[row] < delay) {
          out.copyRow(zero, 0, row);
        } else {
          out.copyRow(waiting, place, row);
        }
        waiting.copyRow(in, row, place);
        seen[row]++;
      }
    }

    @Override
    public ObservationTransform frozen(int rows) {
      return new Delaying(space, delay, rows);
    }

    @Override
    public int rows() {
      return seen.length;
    }

    @Override
    public void carry(State state, int row) {
      state.begin("delay-observation", 1);
      seen[row] = state.carry("seen", seen[row]);
      if (seen[row] < 0) {
        throw new StateException("seen must be at least 0, was " + seen[row]);
      }
      for (int place = row * delay; place < (row + 1) * delay; place++) {
        waiting.carry(state, place);
      }
      state.end();
    }
  }
}
