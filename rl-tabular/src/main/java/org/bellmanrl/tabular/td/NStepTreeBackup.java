package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.internal.StepWindow;

/**
 * Learns the optimal action values from n steps of any behaviour without importance sampling:
 * actions that were not taken count by their values, the one that was by what came of it.
 *
 * <pre>
 * G ← R₁ + γ [Σ_{a≠A₁} π(a|S₁) Q(S₁, a) + π(A₁|S₁) G₁],   and G₁ from R₂ on likewise,
 *                                              the last one with Σ_a π(a|Sₙ) Q(Sₙ, a)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>where π is greedy. Source: Precup, Sutton &amp; Singh, <i>Eligibility Traces for Off-Policy
 * Policy Evaluation</i>, ICML 2000; Sutton &amp; Barto, 2nd ed., 2018, section 7.5.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepTreeBackup extends NStepControl {
  /** The id of this learner. */
  public static final String ID = "n-step-tree-backup";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public NStepTreeBackup(LearnerContext context, NStepConfig config) {
    super(ID, context, config);
  }

  @Override
  double bootstrap(Transitions transitions, int row) {
    return expected(greedy, transitions, row);
  }

  @Override
  double target(StepWindow window, double bootstrap) {
    double next = bootstrap;
    double g = 0;
    for (int k = window.length() - 1; k >= 0; k--) {
      g = window.reward(k) + gamma * window.discount(k) * next;
      if (k > 0) {
        int entry = window.entry(k);
        int first = entry - entry % q.actions();
        int slot = window.slot(k);
        double taken = greedy.of(q, entry, window.observations(), slot);
        double all = greedy.expected(q, first, window.observations(), slot);
        next = all + taken * (g - q.get(entry));
      }
    }
    return g;
  }
}
