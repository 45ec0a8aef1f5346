package org.bellmanrl.tabular.dp;

/** The order in which {@link ValueIteration} backs up its states. */
public enum SweepOrder {
  /** All states from the values of the sweep before. */
  SYNCHRONOUS,
  /** One state after the other, each from the values as they are: in place. */
  GAUSS_SEIDEL,
  /** The state whose value is furthest from its backup first. */
  PRIORITISED
}
