package org.bellmanrl.deep.internal.action;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;

/**
 * Actions as the networks know them, in [−1, 1] per element, and as the task does, within the
 * bounds of a Box. Immutable.
 */
public final class ActionScale {
  private final Box box;
  private final int size;
  private final float[] low;
  private final float[] high;
  private final double[] middle;
  private final double[] half;
  private final double[] inverseHalf;

  /** The scale of the actions in a Box, whose bounds must be finite but for clipping. */
  public ActionScale(Box box) {
    this.box = box;
    this.size = box.size();
    this.low = new float[size];
    this.high = new float[size];
    this.middle = new double[size];
    this.half = new double[size];
    this.inverseHalf = new double[size];
    for (int d = 0; d < size; d++) {
      low[d] = box.low(d);
      high[d] = box.high(d);
      middle[d] = 0.5 * ((double) high[d] + low[d]);
      half[d] = 0.5 * ((double) high[d] - low[d]);
      // An element that can have one value only is 0 to the networks.
      inverseHalf[d] = half[d] > 0 ? 1 / half[d] : 0;
    }
  }

  /** The task's actions. */
  public Box box() {
    return box;
  }

  /** Elements of an action. */
  public int size() {
    return size;
  }

  /** What to play for an element in [−1, 1]. */
  public float played(int d, double unit) {
    return clip(d, Math.fma(half[d], unit, middle[d]));
  }

  /** The element in [−1, 1] of what was played. */
  public float unit(int d, float played) {
    return (float) ((played - middle[d]) * inverseHalf[d]);
  }

  /** Writes elements in [−1, 1] of what was played in the first rows. */
  public void units(float[] played, int rows, double[] into) {
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < size; d++) {
        into[i * size + d] = unit(d, played[i * size + d]);
      }
    }
  }

  /** Any value of an element, each as likely. */
  public float uniform(int d, RandomStream random) {
    return clip(d, random.uniform(low[d], high[d]));
  }

  /** What is within the bounds of an element and nearest to a value. */
  float clip(int d, double value) {
    return Math.max(low[d], Math.min(high[d], (float) value));
  }
}
