package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Takes the arm that could be best in a context, by a linear model per arm.
 *
 * <pre>
 * A ← argmax_a [θ_aᵀ x + α √(xᵀ A_a⁻¹ x)]
 * A_a ← A_a + x xᵀ,  b_a ← b_a + R x,  θ_a = A_a⁻¹ b_a          for the arm taken
 * </pre>
 *
 * <p>Source: Li, Chu, Langford &amp; Schapire, <i>A Contextual-Bandit Approach to Personalized News
 * Article Recommendation</i>, WWW 2010, algorithm 1 (disjoint models). The context is the
 * observation as it is: a constant element gives a model an intercept.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class LinUcb extends LinearBandit {
  /** The id of this learner. */
  public static final String ID = "lin-ucb";

  /**
   * Creates a learner whose models predict 0.
   *
   * @throws IllegalArgumentException if observations are not vectors or actions not finite
   */
  public LinUcb(LearnerContext context, LinearBanditConfig config) {
    accepts().check(ID, context.spec());
    RidgeArms arms = new RidgeArms(context.spec(), config.regularisation(), config.confidence());
    super(arms, new Greedy(arms, context.spec().actionSpace(), TieBreak.RANDOM), context.spec());
  }
}
