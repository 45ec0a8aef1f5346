package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Updates by the Vector API. */
final class VectorUpdates implements Updates {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

  @Override
  public float sumOfSquares(int length, float[] x, float[] partial) {
    for (int j = 0; j < Kernel.PARTIAL_SUMS; j += 4 * L) {
      FloatVector s0 = FloatVector.zero(WIDE);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = j; i < length; i += Kernel.PARTIAL_SUMS) {
        FloatVector x0 = FloatVector.fromArray(WIDE, x, i);
        FloatVector x1 = FloatVector.fromArray(WIDE, x, i + L);
        FloatVector x2 = FloatVector.fromArray(WIDE, x, i + 2 * L);
        FloatVector x3 = FloatVector.fromArray(WIDE, x, i + 3 * L);
        s0 = x0.fma(x0, s0);
        s1 = x1.fma(x1, s1);
        s2 = x2.fma(x2, s2);
        s3 = x3.fma(x3, s3);
      }
      s0.intoArray(partial, j);
      s1.intoArray(partial, j + L);
      s2.intoArray(partial, j + 2 * L);
      s3.intoArray(partial, j + 3 * L);
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
    FloatVector decay1 = FloatVector.broadcast(WIDE, beta1);
    FloatVector decay2 = FloatVector.broadcast(WIDE, beta2);
    FloatVector step = FloatVector.broadcast(WIDE, -stepSize);
    for (int i = 0; i < length; i += L) {
      FloatVector g = FloatVector.fromArray(WIDE, gradients, i).mul(scale);
      FloatVector first =
          decay1
              .fma(FloatVector.fromArray(WIDE, m, i), g.mul(fresh1))
              .add(Kernel.FLUSH)
              .sub(Kernel.FLUSH);
      FloatVector second =
          decay2
              .fma(FloatVector.fromArray(WIDE, v, i), g.mul(fresh2).mul(g))
              .add(Kernel.FLUSH)
              .sub(Kernel.FLUSH);
      first.intoArray(m, i);
      second.intoArray(v, i);
      step.fma(first.div(second.sqrt().add(epsilon)), FloatVector.fromArray(WIDE, p, i).mul(keep))
          .intoArray(p, i);
    }
  }
}
