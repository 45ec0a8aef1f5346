package org.bellmanrl.deep.optimizer;

/**
 * Stochastic gradient descent with momentum (Polyak, 1964): {@code m = momentum·m + g}, {@code θ −=
 * η·m}.
 *
 * @param momentum in [0, 1); 0 for none
 */
public record Sgd(double momentum) implements OptimizerSpec {
  public Sgd {
    Ranges.fraction("momentum", momentum);
  }

  @Override
  public Optimizer create(int length) {
    return new SgdOptimizer(length, this);
  }
}
