package org.bellmanrl.deep.internal.kernel;

/**
 * tanh and the logistic function of a float by additions, multiplications, one division and shifts
 * alone, so that vectors and scalars agree to the last bit.
 *
 * <p>Both go through {@code expm1(y)}: y = n·ln 2 + r with |r| ≤ ln 2 / 2, the Taylor series of
 * {@code expm1(r)} to the seventh power (its relative error is below 2⁻²⁵), and 2ⁿ put together
 * from bits.
 */
final class Transcendental {
  static final float LOG2_E = 1.442695f;

  private static final float LN2_HIGH = 0.6931472f;

  /** −ln 2 as the sum of two floats. */
  static final float MINUS_LN2_HIGH = -LN2_HIGH;

  static final float MINUS_LN2_LOW = (float) (LN2_HIGH - 0.6931471805599453);

  /** 1.5 · 2²³: adding it rounds to an integer, which then stands in the lowest bits. */
  static final float ROUND = 0x1.8p23f;

  static final float C2 = 1f / 2;
  static final float C3 = 1f / 6;
  static final float C4 = 1f / 24;
  static final float C5 = 1f / 120;
  static final float C6 = 1f / 720;
  static final float C7 = 1f / 5040;

  /** The bits of 1f. */
  static final int ONE_BITS = 0x3f800000;

  static final int FRACTION_BITS = 23;

  /** From here on tanh is 1 in float precision, by far. */
  static final float TANH_RANGE = 15f;

  /** Where exp still has a normal float on either side. */
  static final float EXP_RANGE = 87f;

  private Transcendental() {}

  static float tanh(float x) {
    float y = -2f * Math.min(Math.abs(x), TANH_RANGE);
    float t = Math.fma(y, LOG2_E, ROUND);
    float p = seriesExpm1(y, t - ROUND);
    float power = powerOfTwo(t);
    float expm1 = Math.fma(power, p, power - 1f);
    float magnitude = (0f - expm1) / (expm1 + 2f);
    return x < 0f ? -magnitude : magnitude;
  }

  static float logistic(float x) {
    float y = -Math.max(Math.min(x, EXP_RANGE), -EXP_RANGE);
    float t = Math.fma(y, LOG2_E, ROUND);
    float p = seriesExpm1(y, t - ROUND);
    float power = powerOfTwo(t);
    return 1f / (Math.fma(power, p, power) + 1f);
  }

  private static float seriesExpm1(float y, float n) {
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, y));
    float q = Math.fma(C7, r, C6);
    q = Math.fma(q, r, C5);
    q = Math.fma(q, r, C4);
    q = Math.fma(q, r, C3);
    q = Math.fma(q, r, C2);
    return Math.fma(q * r, r, r);
  }

  private static float powerOfTwo(float rounded) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << FRACTION_BITS) + ONE_BITS);
  }
}
