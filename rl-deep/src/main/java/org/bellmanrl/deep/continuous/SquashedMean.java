package org.bellmanrl.deep.continuous;

import org.bellmanrl.deep.internal.ExactMath;

/**
 * The actions a = tanh u of a batch, where u are outputs of a network, and how a loss of the
 * actions changes with the outputs: da/du = 1 − a². Not thread-safe.
 */
final class SquashedMean {
  private final int size;

  /** a of each row. */
  final double[] action;

  SquashedMean(int size, int maxRows) {
    this.size = size;
    this.action = new double[Math.multiplyExact(size, maxRows)];
  }

  /** Computes the actions of the first rows. */
  void squash(float[] outputs, int stride, int rows) {
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < size; d++) {
        action[i * size + d] = ExactMath.tanh(outputs[i * stride + d]);
      }
    }
  }

  /**
   * Turns the derivatives of a loss with respect to the actions into those with respect to the
   * outputs.
   *
   * @param actionGradients laid out as {@link #action}
   * @param into laid out as the outputs
   */
  void gradient(double[] actionGradients, int stride, int rows, float[] into) {
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < size; d++) {
        double a = action[i * size + d];
        into[i * stride + d] = (float) (actionGradients[i * size + d] * (1 - a) * (1 + a));
      }
    }
  }
}
