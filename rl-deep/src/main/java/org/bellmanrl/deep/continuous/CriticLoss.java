package org.bellmanrl.deep.continuous;

import org.bellmanrl.deep.network.LayerSpec;

/**
 * What critics learn: how a target is made of their outputs at the next step, and the loss towards
 * it.
 */
interface CriticLoss {
  /** How many outputs a critic has. */
  int outputs();

  /** The layers without parameters that turn outputs into those whose mean is the value. */
  default LayerSpec[] reading() {
    return new LayerSpec[0];
  }

  /**
   * Returns how many numbers the target of a row has.
   *
   * @param critics how many critics it is made of
   */
  int targets(int critics);

  /**
   * Makes the target of one row, before reward and discount.
   *
   * @param outputs those of all critics; may be reordered
   * @param from where those of the row begin
   * @param count how many there are
   * @param into takes the target, from {@code at} on
   */
  void target(double[] outputs, int from, int count, double[] into, int at);

  /**
   * Computes the loss of one critic, a mean over the rows, and its gradient.
   *
   * @param outputs those of the critic, rows {@code stride} apart
   * @param targets row after row, {@code each} numbers in each
   * @param gradients takes the derivative with respect to each output, laid out as these
   */
  double loss(int rows, float[] outputs, int stride, double[] targets, int each, float[] gradients);

  /**
   * Returns this loss for a second thread, which may compute {@link #loss} at the same time; for
   * the same targets.
   */
  default CriticLoss beside() {
    return this;
  }
}
