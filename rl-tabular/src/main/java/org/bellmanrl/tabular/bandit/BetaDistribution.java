package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.random.RandomStream;

/**
 * Draws from beta distributions, by way of two gamma variates (Marsaglia &amp; Tsang, <i>A Simple
 * Method for Generating Gamma Variables</i>, ACM TOMS 26, 2000).
 */
final class BetaDistribution {
  private BetaDistribution() {}

  /** A number in [0, 1]; both parameters are above 0. */
  static double draw(double a, double b, RandomStream random) {
    double x = gamma(a, random);
    double y = gamma(b, random);
    // Both can vanish only for tiny parameters, where the mass is at the ends.
    return x + y > 0 ? x / (x + y) : random.random() * (a + b) < a ? 1 : 0;
  }

  /** A gamma variate of some shape and scale 1. */
  static double gamma(double shape, RandomStream random) {
    if (shape < 1) {
      // StrictMath here and below: the same bits on every machine and at every compilation.
      return gamma(shape + 1, random) * StrictMath.pow(1 - random.random(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.standardNormal();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = 1 - random.random();
        if (StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }
}
