package org.bellmanrl.deep.internal;

/**
 * Exponential and natural logarithm by additions, multiplications, one division and shifts alone:
 * the same bits interpreted and compiled, which {@code Math} does not promise, and several times as
 * fast as {@code StrictMath}.
 *
 * <p>Both are within two units in the last place of a double.
 */
public final class ExactMath {
  /** Beyond, a result would not be a normal double. */
  private static final double EXP_RANGE = 708;

  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts; multiples of the first up to 2¹⁰ are exact. */
  private static final double LN2_HIGH = 0x1.62e42fee00000p-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** 1.5 · 2⁵²: adding it rounds to an integer, which then stands in the lowest bits. */
  private static final double ROUND = 0x1.8p52;

  private static final int FRACTION_BITS = 52;
  private static final long ONE_BITS = 0x3ff0000000000000L;

  /** The bits of √½, so that what is taken from a number's bits leaves a factor in [√½, √2). */
  private static final long ROOT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  private ExactMath() {}

  /** e to the power of x; x is taken as ±708 beyond that. NaN gives NaN. */
  public static double exp(double x) {
    double y = Math.max(-EXP_RANGE, Math.min(EXP_RANGE, x));
    double shifted = Math.fma(y, LOG2_E, ROUND);
    double n = shifted - ROUND;
    double r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, y));
    double power =
        Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << FRACTION_BITS) + ONE_BITS);
    return power * series(r);
  }

  /** The Taylor series to the power of 13: |r| is at most ln 2 / 2. */
  private static double series(double r) {
    double q = Math.fma(1.0 / 6227020800.0, r, 1.0 / 479001600);
    q = Math.fma(q, r, 1.0 / 39916800);
    q = Math.fma(q, r, 1.0 / 3628800);
    q = Math.fma(q, r, 1.0 / 362880);
    q = Math.fma(q, r, 1.0 / 40320);
    q = Math.fma(q, r, 1.0 / 5040);
    q = Math.fma(q, r, 1.0 / 720);
    q = Math.fma(q, r, 1.0 / 120);
    q = Math.fma(q, r, 1.0 / 24);
    q = Math.fma(q, r, 1.0 / 6);
    q = Math.fma(q, r, 0.5);
    q = Math.fma(q, r, 1);
    return Math.fma(q, r, 1);
  }

  /**
   * The natural logarithm of a normal positive number; of no use for others, except that NaN gives
   * NaN.
   */
  public static double log(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits - ROOT_HALF_BITS) >> FRACTION_BITS;
    double m = Double.longBitsToDouble(bits - (exponent << FRACTION_BITS));
    // log m = 2 artanh(s) with s = (m − 1) / (m + 1), |s| < 0.172.
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double q = Math.fma(2.0 / 21, z, 2.0 / 19);
    q = Math.fma(q, z, 2.0 / 17);
    q = Math.fma(q, z, 2.0 / 15);
    q = Math.fma(q, z, 2.0 / 13);
    q = Math.fma(q, z, 2.0 / 11);
    q = Math.fma(q, z, 2.0 / 9);
    q = Math.fma(q, z, 2.0 / 7);
    q = Math.fma(q, z, 2.0 / 5);
    q = Math.fma(q, z, 2.0 / 3);
    double tail = Math.fma(q * z, s, exponent * LN2_LOW);
    return Math.fma((double) exponent, LN2_HIGH, Math.fma(2, s, tail));
  }

  /** The hyperbolic tangent: exact where it rounds to ±1. NaN gives NaN. */
  public static double tanh(double x) {
    double power = exp(-2 * Math.abs(x));
    return Math.copySign((1 - power) / (1 + power), x);
  }
}
