package org.bellmanrl.tabular.policy;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;

/** A policy that says how likely its actions are, which off-policy methods weigh steps by. */
public interface KnownProbabilities extends Policy {

  /**
   * π(a|s): the probability of an action where a row is.
   *
   * @param action its number
   * @return in [0, 1]; 0 for an action that the row's mask forbids
   */
  double probability(Observations observations, int row, int action);
}
