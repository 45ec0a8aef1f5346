package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2): each step first
 * shrinks all parameters by learningRate · weightDecay.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, above 0
 * @param weightDecay at least 0; 0.01 is usual
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
    implements OptimizerSpec {
  public AdamW {
    Require.inRange("beta1", beta1, "[0, 1)");
    Require.inRange("beta2", beta2, "[0, 1)");
    Require.positive("epsilon", epsilon);
    Require.notNegative("weight_decay", weightDecay);
  }

  /** AdamW with the values of Adam's paper. */
  public AdamW(double weightDecay) {
    this(0.9, 0.999, 1e-8, weightDecay);
  }

  @Override
  public Optimizer create(int length) {
    return new AdamOptimizer(length, beta1, beta2, epsilon, weightDecay);
  }
}
