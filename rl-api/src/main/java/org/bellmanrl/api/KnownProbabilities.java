package org.bellmanrl.api;

/**
 * A policy over finitely many actions that says how likely each of them is: off-policy methods
 * weigh steps by that, and pages show it.
 */
public interface KnownProbabilities extends Policy {

  /**
   * π(a|s): the probability of an action where a row is.
   *
   * @param action its number
   * @return in [0, 1]; 0 for an action that the row's mask forbids
   * @throws IllegalStateException if the actions are not finite
   */
  double probability(Observations observations, int row, int action);
}
