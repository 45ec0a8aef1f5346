package org.bellmanrl.deep.optimizer;

/** An optimiser as data. */
public sealed interface OptimizerSpec permits Adam, AdamW, RAdam, RmsProp, Sgd {
  /**
   * Makes the optimiser in its initial state.
   *
   * @param length of the parameter vector: {@code network.parameters().length}
   */
  Optimizer create(int length);
}
