package org.bellmanrl.api.transform;

/**
 * A transform that shifts, scales and limits each number of an observation by statistics: it makes
 * of x the number {@code clamp((x − mean) / deviation, −limit, limit)}, in double precision.
 *
 * <p>For code that exports policies with all that they need.
 */
public interface Standardization extends ObservationTransform {

  /** What is taken away from an element, as of now. */
  double mean(int element);

  /** What the element is then divided by, as of now. Above 0. */
  double deviation(int element);

  /** The largest absolute value that comes out; infinity for no limit. */
  double limit();
}
