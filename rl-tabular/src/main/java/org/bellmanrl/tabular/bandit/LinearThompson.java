package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.LearnerContext;

/**
 * Takes each arm as often as it is believed to be the best in a context, by a linear model per arm.
 *
 * <pre>
 * draw θ̃_a from N(θ_a, v² A_a⁻¹) for all arms, take the largest θ̃_aᵀ x
 * A_a ← A_a + x xᵀ,  b_a ← b_a + R x,  θ_a = A_a⁻¹ b_a          for the arm taken
 * </pre>
 *
 * <p>Source: Agrawal &amp; Goyal, <i>Thompson Sampling for Contextual Bandits with Linear
 * Payoffs</i>, ICML 2013, algorithm 1, here with a model per arm. The context is the observation as
 * it is: a constant element gives a model an intercept.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class LinearThompson extends LinearBandit {
  /** The id of this learner. */
  public static final String ID = "linear-thompson";

  /**
   * Creates a learner whose models predict 0.
   *
   * @throws IllegalArgumentException if observations are not vectors or actions not finite
   */
  public LinearThompson(LearnerContext context, LinearBanditConfig config) {
    accepts().check(ID, context.spec());
    RidgeArms arms = new RidgeArms(context.spec(), config.regularisation(), config.confidence());
    super(arms, new ThompsonPolicy(arms, arms.index()), context.spec());
  }
}
