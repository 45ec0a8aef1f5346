package org.bellmanrl.deep.internal.kernel;

/**
 * Powers of floats by additions, multiplications, one division and shifts alone, so that vectors
 * and scalars agree to the last bit, at a fraction of the time of {@code Math.pow}.
 */
final class Powers {
  static final float LIMIT = 63f;

  static final float ROUND = Transcendental.ROUND;

  static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
  static final int FRACTION_BITS = Transcendental.FRACTION_BITS;
  static final int ONE_BITS = Transcendental.ONE_BITS;
  static final int ROOT_HALF_BITS = 0x3f3504f3;

  private static final double LN2 = 0.6931471805599453;

  /** log₂ m = Σ 2 / ((2k + 1) ln 2) · s²ᵏ⁺¹ with s = (m − 1) / (m + 1). */
  static final float L1 = (float) (2 / LN2);

  static final float L3 = (float) (2 / (3 * LN2));
  static final float L5 = (float) (2 / (5 * LN2));
  static final float L7 = (float) (2 / (7 * LN2));

  /** The Taylor series of 2ʳ. */
  static final float E1 = (float) LN2;

  static final float E2 = (float) (LN2 * LN2 / 2);
  static final float E3 = (float) (LN2 * LN2 * LN2 / 6);
  static final float E4 = (float) (LN2 * LN2 * LN2 * LN2 / 24);
  static final float E5 = (float) (LN2 * LN2 * LN2 * LN2 * LN2 / 120);
  static final float E6 = (float) (LN2 * LN2 * LN2 * LN2 * LN2 * LN2 / 720);

  private Powers() {}

  /** x to the power of y for normal positive x. */
  static float of(float x, float y) {
    return exp2(y * log2(x));
  }

  private static float log2(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - ROOT_HALF_BITS) >> FRACTION_BITS;
    float m = Float.intBitsToFloat(bits - (exponent << FRACTION_BITS));
    float s = (m - 1) / (m + 1);
    float z = s * s;
    float q = Math.fma(L7, z, L5);
    q = Math.fma(q, z, L3);
    q = Math.fma(q, z, L1);
    return Math.fma(q, s, exponent);
  }

  private static float exp2(float x) {
    float y = Math.max(-LIMIT, Math.min(LIMIT, x));
    float shifted = y + ROUND;
    float r = y - (shifted - ROUND);
    float q = Math.fma(E6, r, E5);
    q = Math.fma(q, r, E4);
    q = Math.fma(q, r, E3);
    q = Math.fma(q, r, E2);
    q = Math.fma(q, r, E1);
    q = Math.fma(q, r, 1f);
    return q * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << FRACTION_BITS) + ONE_BITS);
  }
}
