package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.internal.StepWindow;

/**
 * Learns the optimal action values from n steps of another behaviour by importance sampling.
 *
 * <pre>
 * ρ ← Π π(A_k|S_k) / b(A_k|S_k)            over the actions 1 to n after the first
 * G ← R₁ + γ R₂ + … + γⁿ⁻¹ Rₙ + γⁿ Q(Sₙ, Aₙ)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α ρ [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>where π is greedy and b the behaviour. Source: Sutton &amp; Barto, 2nd ed., 2018, section 7.3.
 * The probability b(A|S) is taken by the values as they are when the transition is observed, which
 * in batches of several rows may differ slightly from those that the action was chosen by.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class OffPolicyNStepSarsa extends NStepControl {
  /** The id of this learner. */
  public static final String ID = "off-policy-n-step-sarsa";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public OffPolicyNStepSarsa(LearnerContext context, NStepConfig config) {
    super(ID, context, config);
  }

  @Override
  double bootstrap(Transitions transitions, int row) {
    return nextActionValue(transitions, row);
  }

  @Override
  double weight(StepWindow window, Transitions transitions, int row) {
    double rho = 1;
    for (int k = 1; k < window.length(); k++) {
      rho *=
          greedy.of(q, window.entry(k), window.observations(), window.slot(k)) / window.chance(k);
    }
    if (transitions.discount()[row] != 0) {
      Observations following = transitions.nextObservations();
      int entry = q.entry(following, transitions.nextActions(), row);
      rho *= greedy.of(q, entry, following, row) / behaving.of(q, entry, following, row);
    }
    return rho;
  }

  /** Returns true: the bootstrap needs the action after the last step. */
  @Override
  public boolean needsNextAction() {
    return true;
  }
}
