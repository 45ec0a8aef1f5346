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
  private static final String ID = "tdc";

  /**
   * A learner with weights of its own, over the features that the configuration names.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public Tdc(LearnerContext context, Config config) {
    this(context, config, features(ID, context, config));
  }

  /**
   * A learner with weights of its own, over any features; those that the configuration names have
   * no effect.
   *
   * @throws IllegalArgumentException if the actions are not finite
   */
  public Tdc(LearnerContext context, Config config, FeatureMap features) {
    super(ID, context, config, features);
  }

  @Override
  double correction(double tdError, double expected) {
    return tdError;
  }
}
