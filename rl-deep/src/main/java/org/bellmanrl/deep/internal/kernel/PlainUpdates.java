package org.bellmanrl.deep.internal.kernel;

/** Updates in plain Java. */
final class PlainUpdates implements Updates {
  @Override
  public float sumOfSquares(int length, float[] x, float[] partial) {
    for (int i = 0; i < Kernel.PARTIAL_SUMS; i++) {
      partial[i] = 0f;
    }
    for (int i = 0; i < length; i += Kernel.PARTIAL_SUMS) {
      for (int j = 0; j < Kernel.PARTIAL_SUMS; j++) {
        partial[j] = Math.fma(x[i + j], x[i + j], partial[j]);
      }
    }
    return Updates.fold(partial);
  }

  @Override
  public void adam(
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
      float keep) {
    float fresh1 = 1f - beta1;
    float fresh2 = 1f - beta2;
    for (int i = 0; i < length; i++) {
      float g = scale * gradients[i];
      float first = Math.fma(beta1, m[i], fresh1 * g) + Kernel.FLUSH - Kernel.FLUSH;
      float second = Math.fma(beta2, v[i], fresh2 * g * g) + Kernel.FLUSH - Kernel.FLUSH;
      m[i] = first;
      v[i] = second;
      p[i] = Math.fma(-stepSize, first / ((float) Math.sqrt(second) + epsilon), keep * p[i]);
    }
  }
}
