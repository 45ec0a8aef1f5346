package org.bellmanrl.deep.internal.kernel;

/** What optimizers do with all parameters. */
public interface Updates {
  /**
   * The sum of squares: number i is added to partial sum i mod {@link Kernel#PARTIAL_SUMS} by a
   * fused multiply-add, and the partial sums are added in halves, the upper to the lower.
   *
   * @param length a multiple of {@link Kernel#PARTIAL_SUMS}
   * @param x the numbers
   * @param partial scratch of {@link Kernel#PARTIAL_SUMS} numbers
   */
  float sumOfSquares(int length, float[] x, float[] partial);

  /**
   * One step of Adam over {@code length} parameters, a multiple of 16. With g = scale · gradient:
   *
   * <pre>
   * m = flush(beta1 · m + (1 − beta1) · g)
   * v = flush(beta2 · v + (1 − beta2) · g²)
   * p = keep · p − stepSize · m / (√v + epsilon)
   * </pre>
   */
  void adam(
      int length,
      float[] p,
      float[] gradients,
      float[] m,
      float[] v,
      float scale,
      float beta1,
      float beta2,
      float stepSize,
      float epsilon,
      float keep);

  /** Finishes {@link #sumOfSquares}: adds the partial sums in halves. */
  static float fold(float[] partial) {
    for (int half = Kernel.PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    return partial[0];
  }
}
