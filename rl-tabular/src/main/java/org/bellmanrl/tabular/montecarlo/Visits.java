package org.bellmanrl.tabular.montecarlo;

/** Which visits of an episode to the same state, or state and action, count. */
public enum Visits {
  /** The first one: returns of different episodes are independent, the average is unbiased. */
  FIRST,
  /** Every one. */
  EVERY
}
