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
   * @throws IllegalStateException if it does not know them, see {@link #knowsProbabilities}
   */
  double probability(Observations observations, int row, int action);

  /**
   * Whether it does know them; true by default. A class whose objects differ in that, because the
   * actions of some are real numbers or their choices depend on earlier observations, says so here.
   */
  default boolean knowsProbabilities() {
    return true;
  }
}
