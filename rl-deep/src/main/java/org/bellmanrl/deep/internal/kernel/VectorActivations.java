package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activation functions by the Vector API.
 *
 * <p>The exponential of {@link Transcendental} is spelled out in each loop. As a method that takes
 * and returns vectors it was not always inlined, and then each call made objects: a warm act of a
 * recurrent policy allocated 768 bytes. And the loops are longer than what HotSpot inlines (325
 * bytes of bytecode): inlined into a gated recurrent unit, they made that a tenth slower.
 */
final class VectorActivations implements Activations {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

  @Override
  public void leakyRectifier(int length, float[] x) {
    FloatVector zero = FloatVector.zero(WIDE);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, x, i);
      v.mul(FloatVector.broadcast(WIDE, LEAK))
          .blend(v, v.compare(VectorOperators.GT, zero))
          .intoArray(x, i);
    }
    for (; i < length; i++) {
      x[i] = x[i] > 0f ? x[i] : LEAK * x[i];
    }
  }

  @Override
  public void tanh(int length, float[] x) {
    tanh(x, 0, length);
  }

  static void tanh(float[] x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, x, i);
      FloatVector size = v.abs();
      FloatVector y =
          size.blend(
                  Transcendental.TANH_RANGE,
                  size.compare(VectorOperators.GT, Transcendental.TANH_RANGE))
              .mul(FloatVector.broadcast(WIDE, -2f));
      FloatVector t =
          y.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
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
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector expm1 = power.fma(q, power.sub(FloatVector.broadcast(WIDE, 1f)));
      FloatVector magnitude =
          FloatVector.zero(WIDE).sub(expm1).div(expm1.add(FloatVector.broadcast(WIDE, 2f)));
      magnitude.blend(magnitude.neg(), v.lt(0f)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = Transcendental.tanh(x[i]);
    }
  }

  static void logistic(float[] x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, x, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector.broadcast(WIDE, 1f)
          .div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)))
          .intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = Transcendental.logistic(x[i]);
    }
  }

  @Override
  public void silu(int length, float[] z, float[] y) {
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, z, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector sigma =
          FloatVector.broadcast(WIDE, 1f)
              .div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)));
      v.mul(sigma).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = z[i] * Transcendental.logistic(z[i]);
    }
  }

  @Override
  public void power(int length, float[] x, float exponent) {
    int i = 0;
    for (; i + L <= length; i += L) {
      IntVector bits = FloatVector.fromArray(WIDE, x, i).reinterpretAsInts();
      IntVector n =
          bits.sub(Powers.ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, Powers.FRACTION_BITS);
      FloatVector m =
          bits.sub(n.lanewise(VectorOperators.LSHL, Powers.FRACTION_BITS)).reinterpretAsFloats();
      // An integer that is added to the bits of ROUND stands behind it as a float, exactly.
      FloatVector whole =
          n.add(Powers.ROUND_BITS)
              .reinterpretAsFloats()
              .sub(FloatVector.broadcast(WIDE, Powers.ROUND));
      FloatVector one = FloatVector.broadcast(WIDE, 1f);
      FloatVector s = m.sub(one).div(m.add(one));
      FloatVector z = s.mul(s);
      FloatVector q =
          z.fma(FloatVector.broadcast(WIDE, Powers.L7), FloatVector.broadcast(WIDE, Powers.L5));
      q = q.fma(z, FloatVector.broadcast(WIDE, Powers.L3));
      q = q.fma(z, FloatVector.broadcast(WIDE, Powers.L1));
      FloatVector y = q.fma(s, whole).mul(FloatVector.broadcast(WIDE, exponent));
      y =
          y.blend(Powers.LIMIT, y.compare(VectorOperators.GT, Powers.LIMIT))
              .blend(-Powers.LIMIT, y.compare(VectorOperators.LT, -Powers.LIMIT));
      FloatVector shifted = y.add(FloatVector.broadcast(WIDE, Powers.ROUND));
      FloatVector r = y.sub(shifted.sub(FloatVector.broadcast(WIDE, Powers.ROUND)));
      FloatVector p =
          r.fma(FloatVector.broadcast(WIDE, Powers.E6), FloatVector.broadcast(WIDE, Powers.E5));
      p = p.fma(r, FloatVector.broadcast(WIDE, Powers.E4));
      p = p.fma(r, FloatVector.broadcast(WIDE, Powers.E3));
      p = p.fma(r, FloatVector.broadcast(WIDE, Powers.E2));
      p = p.fma(r, FloatVector.broadcast(WIDE, Powers.E1));
      p = p.fma(r, one);
      shifted
          .reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, Powers.FRACTION_BITS)
          .add(Powers.ONE_BITS)
          .reinterpretAsFloats()
          .mul(p)
          .intoArray(x, i);
    }
    for (; i < length; i++) {
      x[i] = Powers.of(x[i], exponent);
    }
  }

  @Override
  public void sumColumns(int rows, int columns, float[] dy, float[] sums, int at) {
    int n = 0;
    // Two vectors of columns, so that one's additions wait less for each other.
    for (; n + 2 * L <= columns; n += 2 * L) {
      FloatVector sum0 = FloatVector.fromArray(WIDE, sums, at + n);
      FloatVector sum1 = FloatVector.fromArray(WIDE, sums, at + n + L);
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum0 = sum0.add(FloatVector.fromArray(WIDE, dy, i));
        sum1 = sum1.add(FloatVector.fromArray(WIDE, dy, i + L));
        i += columns;
      }
      sum0.intoArray(sums, at + n);
      sum1.intoArray(sums, at + n + L);
    }
    for (; n + L <= columns; n += L) {
      FloatVector sum = FloatVector.fromArray(WIDE, sums, at + n);
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(WIDE, dy, i));
        i += columns;
      }
      sum.intoArray(sums, at + n);
    }
    for (; n < columns; n += 4) {
      float sum0 = sums[at + n];
      float sum1 = sums[at + n + 1];
      float sum2 = sums[at + n + 2];
      float sum3 = sums[at + n + 3];
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum0 += dy[i];
        sum1 += dy[i + 1];
        sum2 += dy[i + 2];
        sum3 += dy[i + 3];
        i += columns;
      }
      sums[at + n] = sum0;
      sums[at + n + 1] = sum1;
      sums[at + n + 2] = sum2;
      sums[at + n + 3] = sum3;
    }
  }

  @Override
  public void rectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    FloatVector zero = FloatVector.zero(WIDE);
    int n = 0;
    for (; n + 2 * L <= columns; n += 2 * L) {
      FloatVector sum0 = FloatVector.fromArray(WIDE, sums, at + n);
      FloatVector sum1 = FloatVector.fromArray(WIDE, sums, at + n + L);
      int i = n;
      for (int r = 0; r < rows; r++) {
        FloatVector y0 = FloatVector.fromArray(WIDE, y, i);
        FloatVector y1 = FloatVector.fromArray(WIDE, y, i + L);
        FloatVector d0 = FloatVector.fromArray(WIDE, dy, i);
        FloatVector d1 = FloatVector.fromArray(WIDE, dy, i + L);
        d0 = zero.blend(d0, y0.compare(VectorOperators.GT, zero));
        d1 = zero.blend(d1, y1.compare(VectorOperators.GT, zero));
        d0.intoArray(dy, i);
        d1.intoArray(dy, i + L);
        sum0 = sum0.add(d0);
        sum1 = sum1.add(d1);
        i += columns;
      }
      sum0.intoArray(sums, at + n);
      sum1.intoArray(sums, at + n + L);
    }
    for (; n + L <= columns; n += L) {
      FloatVector sum = FloatVector.fromArray(WIDE, sums, at + n);
      int i = n;
      for (int r = 0; r < rows; r++) {
        FloatVector values = FloatVector.fromArray(WIDE, y, i);
        FloatVector d = FloatVector.fromArray(WIDE, dy, i);
        d = zero.blend(d, values.compare(VectorOperators.GT, zero));
        d.intoArray(dy, i);
        sum = sum.add(d);
        i += columns;
      }
      sum.intoArray(sums, at + n);
    }
    for (; n < columns; n++) {
      for (int i = n; i < rows * columns; i += columns) {
        dy[i] = y[i] > 0f ? dy[i] : 0f;
        sums[at + n] += dy[i];
      }
    }
  }

  @Override
  public void leakyRectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    int length = rows * columns;
    FloatVector zero = FloatVector.zero(WIDE);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector d = FloatVector.fromArray(WIDE, dy, i);
      d.mul(FloatVector.broadcast(WIDE, LEAK))
          .blend(d, FloatVector.fromArray(WIDE, y, i).compare(VectorOperators.GT, zero))
          .intoArray(dy, i);
    }
    for (; i < length; i++) {
      dy[i] = y[i] > 0f ? dy[i] : LEAK * dy[i];
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    int length = rows * columns;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector t = FloatVector.fromArray(WIDE, y, i);
      FloatVector.fromArray(WIDE, dy, i).mul(t.neg().fma(t, one)).intoArray(dy, i);
    }
    for (; i < length; i++) {
      dy[i] = dy[i] * Math.fma(-y[i], y[i], 1f);
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at) {
    int length = rows * columns;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, z, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector sigma = one.div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)));
      FloatVector slope = sigma.mul(v.fma(one.sub(sigma), one));
      FloatVector.fromArray(WIDE, dy, i).mul(slope).intoArray(dy, i);
    }
    for (; i < length; i++) {
      float sigma = Transcendental.logistic(z[i]);
      dy[i] = dy[i] * (sigma * Math.fma(z[i], 1f - sigma, 1f));
    }
    sumColumns(rows, columns, dy, sums, at);
  }
}
