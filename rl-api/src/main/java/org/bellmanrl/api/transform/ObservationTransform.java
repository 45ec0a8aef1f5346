package org.bellmanrl.api.transform;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.StatefulRows;

/**
 * Turns observations into others: scaled, flattened, stacked, normalised by running statistics.
 *
 * <p>One type serves wrappers, evaluation and exported policies, so that a policy always sees what
 * it was trained on. Statistics are updated once per call, in the order of the rows, and only while
 * not frozen; what is remembered within an episode (the frames of a stack) is kept per row. Not
 * thread-safe.
 */
public interface ObservationTransform extends StatefulRows {

  /**
   * The number of rows for which it remembers something within episodes. A transform that remembers
   * nothing of a row returns 1 and serves any number of rows.
   */
  @Override
  int rows();

  /** The space of what comes out. */
  Space space();

  /**
   * Transforms the first observations of episodes.
   *
   * @param rows which
   * @param in observations of the space this was made for
   * @param out takes observations of {@link #space()}; not the same columns as {@code in}
   */
  void begin(Rows rows, Columns in, Columns out);

  /** Transforms the observations that follow, the true last ones of episodes included. */
  void next(Rows rows, Columns in, Columns out);

  /**
   * Returns a copy with the current statistics, which no longer change, and with an empty memory.
   *
   * @param rows for how many rows
   */
  ObservationTransform frozen(int rows);

  /**
   * Returns the transforms that this one applies one after the other, from the task's observations
   * on; this alone unless it is a chain.
   */
  default List<ObservationTransform> parts() {
    return List.of(this);
  }

  /**
   * A transform that shifts, scales and limits each number of an observation by statistics: it
   * makes of x the number {@code clamp((x − mean) / deviation, −limit, limit)}, in double
   * precision.
   *
   * <p>For code that exports policies with all that they need.
   */
  interface Standardization extends ObservationTransform {

    /** Returns the number that is subtracted from an element at present. */
    double mean(int element);

    /** Returns the number that the element is then divided by at present, above 0. */
    double deviation(int element);

    /** The largest absolute value that comes out; infinity for no limit. */
    double limit();
  }

  /**
   * A capability of environments that have the capability {@link ObservationTransform}: what the
   * innermost environment shows, before it is transformed.
   *
   * @param spec the innermost environment's spec
   * @param observations the latest observations of all rows; a live view, which must not be changed
   */
  record Source(EnvironmentSpec spec, Observations observations) {}
}
