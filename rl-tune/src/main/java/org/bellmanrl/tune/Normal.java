package org.bellmanrl.tune;

/** The standard normal distribution. */
final class Normal {
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Beyond, nothing is left that a double holds beside 1/2. */
  private static final double FAR = 9;

  /** Stands for a probability that is too small for this arithmetic. */
  private static final double TINY = 1e-16;

  private Normal() {}

  /** The logarithm of the density. */
  static double logDensity(double z) {
    return -0.5 * z * z - LOG_ROOT_TWO_PI;
  }

  /** The probability between two numbers, at least {@value #TINY}. */
  static double between(double low, double high) {
    return Math.max(TINY, fromMean(high) - fromMean(low));
  }

  /**
   * The probability between the mean and a number, negative below the mean.
   *
   * <p>Source: Marsaglia (2004), "Evaluating the normal distribution": φ(z) (z + z³/3 + z⁵/(3·5) +
   * …).
   */
  private static double fromMean(double z) {
    if (Math.abs(z) > FAR) {
      return Math.copySign(0.5, z);
    }
    double term = z;
    double sum = z;
    double before = 0;
    for (int i = 3; sum != before; i += 2) {
      before = sum;
      term *= z * z / i;
      sum += term;
    }
    return sum * Math.exp(logDensity(z));
  }
}
