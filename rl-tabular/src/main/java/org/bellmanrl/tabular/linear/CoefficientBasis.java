package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * A feature for every vector of whole numbers from 0 to an order, one for each element of the
 * observation, which are scaled to [0, 1]. Feature k has the vector whose digits to base order + 1
 * make k, so feature 0 is that of zeros. Immutable.
 */
abstract class CoefficientBasis implements FeatureMap {
  final ScaledInputs inputs;
  final int radix;
  private final int size;

  /**
   * A basis of (order + 1)^elements features.
   *
   * @param name in messages
   */
  CoefficientBasis(Space space, int order, String name) {
    Require.atLeast("order", order, 0);
    this.inputs = ScaledInputs.of(space);
    this.radix = order + 1;
    this.size = inputs.power(radix, name);
  }

  @Override
  public final int size() {
    return size;
  }

  @Override
  public final int active() {
    return size;
  }

  @Override
  public final int index(Columns observations, int row, int k) {
    return k;
  }
}
