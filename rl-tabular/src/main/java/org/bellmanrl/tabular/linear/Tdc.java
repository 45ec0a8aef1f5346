package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.LearnerContext;

/**
 * TDC, TD with gradient correction: TD(0) less what makes it diverge off policy.
 *
 * <pre>
 * w ← w + α ρ [δ x − γ x' (xᵀh)]
 * </pre>
 *
 * <p>Source: Sutton et al., 2009; Sutton &amp; Barto, 2nd ed., 2018, section 11.7; the rest as in
 * {@link GradientTd}. Not thread-safe.
 */
public final class Tdc extends GradientTd {
  /** The id of this learner. */
  public static final String ID = "tdc";

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public Tdc(LearnerContext context, Config config) {
    super(ID, context, config);
  }

  @Override
  double correction(double tdError, double expected) {
    return tdError;
  }
}
