package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;

/**
 * Gaussian radial basis functions: <i>x_k = exp(−‖s − c_k‖² / 2σ²)</i>, with centres on a regular
 * grid from bound to bound and the elements of the observation scaled to [0, 1].
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 9.5.5. σ is the distance between two
 * centres. Immutable.
 */
public final class RadialBasis implements FeatureMap {
  private final ScaledInputs inputs;
  private final int centres;
  private final int size;

  /**
   * A basis of centres^elements features.
   *
   * @param space a finite space, taken as the number of its value, or a bounded vector
   * @param centres centres along each element, at least 2
   */
  public RadialBasis(Space space, int centres) {
    Require.atLeast("centres", centres, 2);
    this.inputs = ScaledInputs.of(space);
    this.centres = centres;
    this.size = inputs.power(centres, "radial basis");
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int active() {
    return size;
  }

  @Override
  public int index(Columns observations, int row, int k) {
    return k;
  }

  @Override
  public double value(Columns observations, int row, int k) {
    double squares = 0;
    int rest = k;
    for (int i = inputs.count() - 1; i >= 0; i--) {
      // In units of the distance between two centres, which is σ.
      double difference = inputs.get(observations, row, i) * (centres - 1) - rest % centres;
      squares += difference * difference;
      rest /= centres;
    }
    // StrictMath: the same bits on every machine and at every level of compilation.
    return StrictMath.exp(-squares / 2);
  }
}
