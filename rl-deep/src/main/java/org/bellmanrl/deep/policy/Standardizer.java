package org.bellmanrl.deep.policy;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.deep.network.NonFiniteException;

/**
 * A {@link ObservationTransform.Standardization} at rest: it makes of each number x of an
 * observation {@code clamp((x − mean) / deviation, −limit, limit)}, in double precision, as in
 * training. Immutable.
 */
public final class Standardizer {
  private final Box takes;
  private final Box gives;
  private final double[] means;
  private final double[] deviations;
  private final double limit;

  /**
   * A standardizer by its numbers.
   *
   * @param takes the observations of the task
   * @param means one per element, finite
   * @param deviations one per element, finite and above 0
   * @param limit the largest absolute value that comes out, above 0; infinity for no limit
   */
  public Standardizer(Box takes, double[] means, double[] deviations, double limit) {
    int size = takes.size();
    if (means.length != size || deviations.length != size) {
      throw new IllegalArgumentException(
          "%s needs %d means and deviations, had %d and %d"
              .formatted(takes, size, means.length, deviations.length));
    }
    for (int i = 0; i < size; i++) {
      if (!Double.isFinite(means[i])
          || !(deviations[i] > 0 && deviations[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "element %d must have a finite mean and a deviation above 0, had %s and %s"
                .formatted(i, means[i], deviations[i]));
      }
    }
    Require.inRange("limit", limit, "(0, inf]");
    this.takes = takes;
    this.gives = Box.of(-(float) limit, (float) limit, takes.shape());
    this.means = means.clone();
    this.deviations = deviations.clone();
    this.limit = limit;
  }

  /** What a transform does to the observations of a task as of now. */
  public static Standardizer of(Box takes, ObservationTransform.Standardization transform) {
    double[] means = new double[takes.size()];
    double[] deviations = new double[takes.size()];
    for (int i = 0; i < means.length; i++) {
      means[i] = transform.mean(i);
      deviations[i] = transform.deviation(i);
    }
    return new Standardizer(takes, means, deviations, transform.limit());
  }

  /** The observations of the task. */
  public Box takes() {
    return takes;
  }

  /** What comes out. */
  public Box gives() {
    return gives;
  }

  /** What is taken away from each element, one after the other: a copy. */
  public double[] means() {
    return means.clone();
  }

  /** What each element is then divided by: a copy. */
  public double[] deviations() {
    return deviations.clone();
  }

  /** The largest absolute value that comes out; infinity for no limit. */
  public double limit() {
    return limit;
  }

  /**
   * Writes an observation, standardised, from {@code at} on.
   *
   * @throws NonFiniteException if an element is NaN or infinite, naming it
   */
  public void write(Columns observations, int row, float[] into, int at) {
    int size = means.length;
    boolean bytes = takes.dtype() == DType.UINT8;
    for (int i = 0; i < size; i++) {
      int from = row * size + i;
      double value = bytes ? observations.bytes()[from] & 0xff : observations.floats()[from];
      double standard = (value - means[i]) / deviations[i];
      if (!Double.isFinite(standard)) {
        throw new NonFiniteException(
            "observation must be finite, element %d is %s in row %d".formatted(i, value, row));
      }
      into[at + i] = (float) Math.clamp(standard, -limit, limit);
    }
  }
}
