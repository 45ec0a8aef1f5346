package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.options.Described;

/**
 * Hyperparameters of TD prediction off policy over linear features.
 *
 * @param prediction what prediction methods have in common
 * @param target probability of each action under the policy to judge; none for the behaviour
 */
public record OffPolicyConfig(
    LinearPredictionConfig prediction,
    @Described("probability of each action under the policy to judge; none for the behaviour")
        List<Double> target) {
  public OffPolicyConfig {
    target = List.copyOf(target);
  }

  /** Returns this configuration with other common hyperparameters. */
  public OffPolicyConfig withPrediction(LinearPredictionConfig prediction) {
    return new OffPolicyConfig(prediction, target);
  }

  /** Returns this configuration with another policy to judge. */
  public OffPolicyConfig withTarget(List<Double> target) {
    return new OffPolicyConfig(prediction, target);
  }
}
