package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;

/**
 * Stochastic gradient descent with momentum (Polyak, 1964): {@code m = momentum·m + g}, {@code θ −=
 * η·m}.
 *
 * @param momentum in [0, 1); 0 for none
 */
public record Sgd(double momentum) implements OptimizerSpec {
  public Sgd {
    Require.inRange("momentum", momentum, "[0, 1)");
  }

  @Override
  public Optimizer create(int length) {
    return new SgdOptimizer(length, this);
  }
}
