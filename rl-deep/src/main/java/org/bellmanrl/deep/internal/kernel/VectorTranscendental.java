package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The functions of {@link Transcendental} for a vector of numbers, by the same operations. */
final class VectorTranscendental {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;

  private VectorTranscendental() {}

  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector y =
        size.blend(
                Transcendental.TANH_RANGE,
                size.compare(VectorOperators.GT, Transcendental.TANH_RANGE))
            .mul(FloatVector.broadcast(WIDE, -2f));
    FloatVector t = rounded(y);
    FloatVector power = powerOfTwo(t);
    FloatVector expm1 = power.fma(seriesExpm1(y, t), power.sub(FloatVector.broadcast(WIDE, 1f)));
    FloatVector magnitude =
        FloatVector.zero(WIDE).sub(expm1).div(expm1.add(FloatVector.broadcast(WIDE, 2f)));
    return magnitude.blend(magnitude.neg(), x.lt(0f));
  }

  static FloatVector logistic(FloatVector x) {
    FloatVector y =
        x.blend(Transcendental.EXP_RANGE, x.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
            .blend(
                -Transcendental.EXP_RANGE, x.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
            .neg();
    FloatVector t = rounded(y);
    FloatVector power = powerOfTwo(t);
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    return one.div(power.fma(seriesExpm1(y, t), power).add(one));
  }

  /** y / ln 2 rounded to an integer, in the lowest bits. */
  private static FloatVector rounded(FloatVector y) {
    return y.fma(
        FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
        FloatVector.broadcast(WIDE, Transcendental.ROUND));
  }

  private static FloatVector seriesExpm1(FloatVector y, FloatVector rounded) {
    FloatVector n = rounded.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
    FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), y);
    r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
    FloatVector q =
        r.fma(
            FloatVector.broadcast(WIDE, Transcendental.C7),
            FloatVector.broadcast(WIDE, Transcendental.C6));
    q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
    q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
    q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
    q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
    return q.mul(r).fma(r, r);
  }

  private static FloatVector powerOfTwo(FloatVector rounded) {
    return rounded
        .reinterpretAsInts()
        .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
        .add(Transcendental.ONE_BITS)
        .reinterpretAsFloats();
  }
}
