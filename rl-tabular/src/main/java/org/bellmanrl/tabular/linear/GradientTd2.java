package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.LearnerContext;

/**
 * GTD2: descends the projected Bellman error by true stochastic gradients.
 *
 * <pre>
 * w ← w + α ρ [(xᵀh) x − γ x' (xᵀh)] = w + α ρ (x − γ x') (xᵀh)
 * </pre>
 *
 * <p>Source: Sutton et al., 2009; Sutton &amp; Barto, 2nd ed., 2018, section 11.7; the rest as in
 * {@link GradientTd}. Not thread-safe.
 */
public final class GradientTd2 extends GradientTd {
  /** The id of this learner. */
  public static final String ID = "gtd2";

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public GradientTd2(LearnerContext context, Config config) {
    super(ID, context, config);
  }

  @Override
  double correction(double tdError, double expected) {
    return expected;
  }
}
