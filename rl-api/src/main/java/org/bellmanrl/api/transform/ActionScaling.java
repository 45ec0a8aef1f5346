package org.bellmanrl.api.transform;

import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;

/**
 * Maps real actions from one range for all elements to a range for each, linearly and in double
 * precision: from [least, most] to [low, high].
 *
 * <p>It is a capability of the tasks that a wrapper makes take such actions, for code that writes
 * policies down with all that they need. Immutable.
 */
public final class ActionScaling {
  private final Box takes;
  private final Box gives;
  private final float least;
  private final float[] low;
  private final float[] high;
  private final double[] gradient;

  /**
   * Creates a mapping.
   *
   * @param least the lower bound of all elements that are taken
   * @param most the upper bound of all elements that are taken
   * @param gives the actions of the task
   * @param low where {@code least} leads, for each element
   * @param high where {@code most} leads, for each element
   * @throws IllegalArgumentException if a range is empty or infinite, or leads out of the task's
   */
  public ActionScaling(float least, float most, Box gives, float[] low, float[] high) {
    int size = gives.size();
    if (!(least < most) || !Float.isFinite(least) || !Float.isFinite(most)) {
      throw new IllegalArgumentException(
          "the range of actions must be finite and not empty, was %s to %s".formatted(least, most));
    }
    if (gives.dtype() != DType.FLOAT32 || low.length != size || high.length != size) {
      throw new IllegalArgumentException(
          "actions of %s must be real numbers and have %d bounds, had %d and %d"
              .formatted(gives, size, low.length, high.length));
    }
    for (int i = 0; i < size; i++) {
      if (!(low[i] < high[i])) {
        throw new IllegalArgumentException(
            "low must be below high as float32, element %d of %s has %s and %s"
                .formatted(i, gives, low[i], high[i]));
      }
      if (low[i] < gives.low(i)
          || high[i] > gives.high(i)
          || !Float.isFinite(low[i])
          || !Float.isFinite(high[i])) {
        throw new IllegalArgumentException(
            "low and high must lie within %s, element %d was %s to %s"
                .formatted(gives, i, low[i], high[i]));
      }
    }
    this.takes = Box.of(least, most, gives.shape());
    this.gives = gives;
    this.least = least;
    this.low = low.clone();
    this.high = high.clone();
    this.gradient = new double[size];
    for (int i = 0; i < size; i++) {
      gradient[i] = ((double) high[i] - low[i]) / ((double) most - least);
    }
  }

  /** Returns the actions that are taken. */
  public Box takes() {
    return takes;
  }

  /** Returns the actions of the task. */
  public Box gives() {
    return gives;
  }

  /** Returns where the lower bound leads, for each element: a copy. */
  public float[] low() {
    return low.clone();
  }

  /** Returns where the upper bound leads, for each element: a copy. */
  public float[] high() {
    return high.clone();
  }

  /** Returns what the distance from the lower bound is multiplied by, for each element: a copy. */
  public double[] gradient() {
    return gradient.clone();
  }

  /**
   * Maps actions.
   *
   * @param rows which
   * @param in actions of {@link #takes}
   * @param out takes actions of {@link #gives}
   */
  public void apply(Rows rows, Columns in, Columns out) {
    int width = gradient.length;
    for (int i = 0; i < rows.count(); i++) {
      int at = rows.at(i) * width;
      for (int j = 0; j < width; j++) {
        float value = (float) (low[j] + ((double) in.floats()[at + j] - least) * gradient[j]);
        out.floats()[at + j] = Math.clamp(value, low[j], high[j]); // rounding must not leave it
      }
    }
  }
}
