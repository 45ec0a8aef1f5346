package org.bellmanrl.env.math;

/**
 * Sine and cosine with the same bits everywhere: interpreted and compiled, one at a time and many
 * at once, on every processor.
 *
 * <p>They are made of additions, multiplications, {@code fma}, rounding to an integer and absolute
 * values alone, with no branch and no table, so that the just-in-time compiler can turn a loop over
 * an array into vector instructions. The result is within 0.8 units in the last place of the exact
 * value; {@code Math.sin} takes other bits on other processors, and {@link StrictMath#sin} cannot
 * be vectorised.
 *
 * <p>How: {@code x = k · π/2 + r}, with π/2 as the sum of three doubles (W. J. Cody and W. Waite,
 * "Software Manual for the Elementary Functions", 1980). {@code fma} makes the first difference
 * exact; what the second one rounds off is kept as {@code rest}. Polynomials for {@code |r| ≤ π/4},
 * whose coefficients are those of FDLIBM 5.3 (Sun Microsystems, 1993), give the sine and cosine of
 * {@code r + rest}, and the quadrant {@code k mod 4} says which of them is meant with what sign.
 *
 * <p>HotSpot's compiler vectorises loops of up to about 40 operations; sine and cosine take 46. So
 * the array forms work in several passes.
 */
public final class Trig {
  /**
   * Up to this absolute value the reduction is exact enough; {@link StrictMath} serves the rest.
   */
  public static final double LIMIT = 0x1p22;

  private static final double INVERSE_HALF_PI = 0x1.45f306dc9c883p-1;
  private static final double HALF_PI_1 = 0x1.921fb54442d18p0;
  // 31 bits: its product with up to 22 bits of quarter turns is exact.
  private static final double HALF_PI_2 = 0x1.1a62633p-54;
  private static final double HALF_PI_3 = 0x1.45c06e0e68948p-86;

  private static final double S3 = -0.16666666666666632;
  private static final double S5 = 0.00833333333332249;
  private static final double S7 = -0.0001984126982985795;
  private static final double S9 = 2.7557313707070068E-6;
  private static final double S11 = -2.5050760253406863E-8;
  private static final double S13 = 1.58969099521155E-10;

  private static final double C4 = 0.0416666666666666;
  private static final double C6 = -0.001388888888887411;
  private static final double C8 = 2.480158728947673E-5;
  private static final double C10 = -2.7557314351390663E-7;
  private static final double C12 = 2.087572321298175E-9;
  private static final double C14 = -1.1359647557788195E-11;

  private Trig() {}

  /** The sine of any angle, in radians; NaN if it isn't finite. */
  public static double sin(double x) {
    return Math.abs(x) <= LIMIT ? sinWithin(x) : StrictMath.sin(x);
  }

  /** The cosine of any angle, in radians; NaN if it isn't finite. */
  public static double cos(double x) {
    return Math.abs(x) <= LIMIT ? cosWithin(x) : StrictMath.cos(x);
  }

  /** The sine of an angle that is known to be within {@link #LIMIT}. */
  public static double sinWithin(double x) {
    double k = quarters(x);
    double r = reduced(x, k);
    double rest = rest(x, k, r);
    return turnedSin(polynomialSin(r, rest), polynomialCos(r, rest), quadrant(k));
  }

  /** The cosine of an angle that is known to be within {@link #LIMIT}. */
  public static double cosWithin(double x) {
    double k = quarters(x);
    double r = reduced(x, k);
    double rest = rest(x, k, r);
    return turnedCos(polynomialSin(r, rest), polynomialCos(r, rest), quadrant(k));
  }

  /**
   * Sines and cosines of angles that are known to be within {@link #LIMIT}: the same bits as one at
   * a time. All arrays are indexed alike and differ from each other.
   *
   * @param x the angles
   * @param sin takes the sines
   * @param cos takes the cosines
   * @param scratch is overwritten in the range
   * @param from the first index
   * @param to the index after the last
   */
  public static void sinCosWithin(
      double[] x, double[] sin, double[] cos, double[] scratch, int from, int to) {
    reduce(x, sin, cos, scratch, from, to);
    approximate(sin, cos, from, to);
    for (int i = from; i < to; i++) {
      double s = sin[i];
      double c = cos[i];
      double t = scratch[i];
      sin[i] = turnedSin(s, c, t);
      cos[i] = turnedCos(s, c, t);
    }
  }

  /** Cosines alone, which may replace the angles; otherwise like {@link #sinCosWithin}. */
  public static void cosWithin(
      double[] x, double[] cos, double[] scratch1, double[] scratch2, int from, int to) {
    reduce(x, scratch1, cos, scratch2, from, to);
    approximate(scratch1, cos, from, to);
    for (int i = from; i < to; i++) {
      cos[i] = turnedCos(scratch1[i], cos[i], scratch2[i]);
    }
  }

  /** Turns reduced angles and their rests into sines and cosines, in place. */
  private static void approximate(double[] sin, double[] cos, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = sin[i];
      double rest = cos[i];
      sin[i] = polynomialSin(r, rest);
      cos[i] = polynomialCos(r, rest);
    }
  }

  private static void reduce(
      double[] x, double[] reduced, double[] rest, double[] quadrant, int from, int to) {
    for (int i = from; i < to; i++) {
      double angle = x[i];
      double k = quarters(angle);
      double r = reduced(angle, k);
      reduced[i] = r;
      rest[i] = rest(angle, k, r);
      quadrant[i] = quadrant(k);
    }
  }

  /** How many quarter turns are nearest to the angle. */
  private static double quarters(double x) {
    return Math.rint(x * INVERSE_HALF_PI);
  }

  /** The angle less its quarter turns. The inner difference is exact. */
  private static double reduced(double x, double k) {
    return Math.fma(-k, HALF_PI_2, Math.fma(-k, HALF_PI_1, x));
  }

  /** What {@link #reduced} rounded off. */
  private static double rest(double x, double k, double r) {
    double first = Math.fma(-k, HALF_PI_1, x);
    return Math.fma(-k, HALF_PI_3, Math.fma(-k, HALF_PI_2, first - r));
  }

  /** Quarter turns modulo 4. */
  private static double quadrant(double k) {
    return Math.fma(-4, Math.floor(k * 0.25), k);
  }

  /** Minus the sine of whole quarter turns: 0, −1, 0, 1. */
  private static double crossed(double quadrant) {
    return Math.abs(quadrant - 1) - 1;
  }

  /** The cosine of whole quarter turns: 1, 0, −1, 0. */
  private static double straight(double quadrant) {
    return Math.abs(quadrant - 2) - 1;
  }

  private static double turnedSin(double sin, double cos, double quadrant) {
    return Math.fma(-crossed(quadrant), cos, straight(quadrant) * sin);
  }

  private static double turnedCos(double sin, double cos, double quadrant) {
    return Math.fma(crossed(quadrant), sin, straight(quadrant) * cos);
  }

  private static double polynomialSin(double r, double rest) {
    double z = r * r;
    double p = Math.fma(z, S13, S11);
    p = Math.fma(z, p, S9);
    p = Math.fma(z, p, S7);
    p = Math.fma(z, p, S5);
    p = Math.fma(z, p, S3);
    return r + Math.fma(z * r, p, Math.fma(-0.5 * z, rest, rest));
  }

  private static double polynomialCos(double r, double rest) {
    double z = r * r;
    double p = Math.fma(z, C14, C12);
    p = Math.fma(z, p, C10);
    p = Math.fma(z, p, C8);
    p = Math.fma(z, p, C6);
    p = Math.fma(z, p, C4);
    // 1 - z/2 loses bits; the middle term returns them.
    double half = 0.5 * z;
    double first = 1 - half;
    return first + (((1 - first) - half) + Math.fma(z * z, p, -(r * rest)));
  }
}
