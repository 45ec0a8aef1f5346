package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1). Moments are kept to multiples of 2⁻¹²⁴, which no result
 * shows and which keeps those of units without gradient from becoming subnormal and slowing the
 * step down.
 *
 * @param beta1 decay of the first moment, in [0, 1); the paper's value is 0.9
 * @param beta2 decay of the second moment, in [0, 1); the paper's value is 0.999
 * @param epsilon added to the root of the second moment, above 0; the paper's value is 1e-8
 */
public record Adam(double beta1, double beta2, double epsilon) implements OptimizerSpec {
  public Adam {
    Require.inRange("beta1", beta1, "[0, 1)");
    Require.inRange("beta2", beta2, "[0, 1)");
    Require.positive("epsilon", epsilon);
  }

  /** Adam with the paper's values. */
  public Adam() {
    this(0.9, 0.999, 1e-8);
  }

  @Override
  public Optimizer create(int length) {
    return new AdamOptimizer(length, beta1, beta2, epsilon, 0);
  }
}
