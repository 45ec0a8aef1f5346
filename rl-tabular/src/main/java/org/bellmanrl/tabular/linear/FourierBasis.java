package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * The Fourier cosine basis: <i>x_k = cos(π c_k · s)</i> for every vector <i>c_k</i> of whole
 * numbers from 0 to the order, with the elements of the observation scaled to [0, 1].
 *
 * <p>Source: Konidaris, Osentoski &amp; Thomas, <i>Value Function Approximation in Reinforcement
 * Learning Using the Fourier Basis</i>, AAAI 2011; Sutton &amp; Barto, 2nd ed., 2018, section
 * 9.5.2. Feature k has the vector whose digits to base order + 1 make k, so feature 0 is always 1.
 * All features share the learner's step size. Immutable.
 */
public final class FourierBasis extends CoefficientBasis {
  /**
   * A basis of (order + 1)^elements features.
   *
   * @param space a finite space, taken as the number of its value, or a bounded vector
   * @param order the largest coefficient, at least 0
   */
  public FourierBasis(Space space, int order) {
    super(space, order, "Fourier basis");
  }

  @Override
  public double value(Columns observations, int row, int k) {
    double sum = 0;
    int rest = k;
    for (int i = inputs.count() - 1; i >= 0; i--) {
      sum += rest % radix * inputs.get(observations, row, i);
      rest /= radix;
    }
    return cosPi(sum);
  }

  /**
   * cos(πx) for x ≥ 0, folded to an angle below π/4, where the Taylor series is exact to the last
   * bit or two. Additions and products alone: the same bits on every machine, and no allocation,
   * which {@link StrictMath#cos} doesn't promise.
   */
  static double cosPi(double x) {
    double r = x - 2 * Math.floor(x / 2);
    r = r > 1 ? 2 - r : r;
    boolean negative = r > 0.5;
    r = negative ? 1 - r : r;
    double cosine = r <= 0.25 ? kernelCos(Math.PI * r) : kernelSin(Math.PI * (0.5 - r));
    return negative ? -cosine : cosine;
  }

  private static double kernelCos(double angle) {
    double z = angle * angle;
    double sum = 0;
    for (int n = 16; n >= 2; n -= 2) {
      sum = z / (n * (n - 1)) * (1 - sum);
    }
    return 1 - sum;
  }

  private static double kernelSin(double angle) {
    double z = angle * angle;
    double sum = 0;
    for (int n = 17; n >= 3; n -= 2) {
      sum = z / (n * (n - 1)) * (1 - sum);
    }
    return angle * (1 - sum);
  }
}
