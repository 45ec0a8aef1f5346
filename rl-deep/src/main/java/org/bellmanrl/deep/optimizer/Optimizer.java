package org.bellmanrl.deep.optimizer;

import org.bellmanrl.api.state.Stateful;

/**
 * Changes a flat parameter vector in the direction of its gradients. Made by {@link
 * OptimizerSpec#create}; for use by one thread at a time.
 */
public interface Optimizer extends Stateful {
  /**
   * Takes one step.
   *
   * @param parameters the vector to change
   * @param gradients of the loss with respect to the parameters; not changed
   * @param learningRate usually the value of a schedule, at least 0
   * @param gradientScale factor on all gradients, as {@link GlobalNorm#clip} returns it; 1 for none
   * @throws IllegalArgumentException if a vector has another length than the optimiser
   */
  void step(float[] parameters, float[] gradients, double learningRate, float gradientScale);
}
