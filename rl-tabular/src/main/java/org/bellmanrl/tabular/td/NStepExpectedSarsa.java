package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;

/**
 * Learns the values of the policy that it behaves by from the rewards of n steps and the
 * expectation over the action after them.
 *
 * <pre>
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ Σ_a π(a|Sₙ) Q(Sₙ, a)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, equation 7.7.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepExpectedSarsa extends NStepControl {
  /** The id of this learner. */
  public static final String ID = "n-step-expected-sarsa";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public NStepExpectedSarsa(LearnerContext context, NStepConfig config) {
    super(ID, context, config);
  }

  @Override
  double bootstrap(Transitions transitions, int row) {
    return expected(behaving, transitions, row);
  }
}
