package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * Products of powers: <i>x_k = Π_i s_i^{c_ki}</i> for every vector <i>c_k</i> of whole numbers from
 * 0 to the order, with the elements of the observation scaled to [0, 1].
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.5.1. Feature k has the powers that are
 * the digits of k to base order + 1, so feature 0 is always 1. Immutable.
 */
public final class PolynomialBasis extends CoefficientBasis {
  /**
   * A basis of (order + 1)^elements features.
   *
   * @param space a finite space, taken as the number of its value, or a bounded vector
   * @param order the largest power of an element, at least 0
   */
  public PolynomialBasis(Space space, int order) {
    super(space, order, "polynomial basis");
  }

  @Override
  public double value(Columns observations, int row, int k) {
    double product = 1;
    int rest = k;
    for (int i = inputs.count() - 1; i >= 0; i--) {
      double element = inputs.get(observations, row, i);
      for (int power = rest % radix; power > 0; power--) {
        product *= element;
      }
      rest /= radix;
    }
    return product;
  }
}
