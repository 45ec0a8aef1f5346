package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;

/**
 * Rectified Adam (Liu et al., 2020, algorithm 2): Adam whose steps are shortened while the second
 * moment rests on few gradients, and which leaves it out of the very first steps. With the paper's
 * decays these are five, as in Optax and PyTorch (a length ρ of the average of at most 5).
 *
 * @param beta1 decay of the first moment, in [0, 1); the paper's value is 0.9
 * @param beta2 decay of the second moment, in [0.9, 1); the paper's value is 0.999
 * @param epsilon added to the root of the second moment, above 0; the paper's value is 1e-8
 */
public record RAdam(double beta1, double beta2, double epsilon) implements OptimizerSpec {
  public RAdam {
    Require.inRange("beta1", beta1, "[0, 1)");
    Require.inRange("beta2", beta2, "[0.9, 1)");
    Require.positive("epsilon", epsilon);
  }

  /** RAdam with the paper's values. */
  public RAdam() {
    this(0.9, 0.999, 1e-8);
  }

  @Override
  public Optimizer create(int length) {
    return new AdamOptimizer(length, beta1, beta2, epsilon, 0, true);
  }
}
