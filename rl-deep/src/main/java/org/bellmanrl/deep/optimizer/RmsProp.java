package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.options.Require;

/**
 * RMSProp (Tieleman and Hinton, 2012): {@code v = decay·v + (1 − decay)·g²}, {@code θ −= η·g / (√v
 * + ε)} from v = 0 on, as PyTorch has it and Stable-Baselines3's A2C uses it, or {@code θ −= η·g /
 * √(v + ε)} from v = 1 on, as TensorFlow has it.
 *
 * @param decay of the mean square, in [0, 1)
 * @param epsilon above 0
 * @param epsilonInsideRoot whether it is TensorFlow's form
 */
public record RmsProp(double decay, double epsilon, boolean epsilonInsideRoot)
    implements OptimizerSpec {
  public RmsProp {
    Require.inRange("decay", decay, "[0, 1)");
    Require.positive("epsilon", epsilon);
  }

  @Override
  public Optimizer create(int length) {
    return new RmsPropOptimizer(length, this);
  }
}
