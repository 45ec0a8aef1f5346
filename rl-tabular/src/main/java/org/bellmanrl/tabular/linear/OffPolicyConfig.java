package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.options.Described;

/**
 * Hyperparameters of TD prediction off policy over linear features.
 *
 * @param prediction what prediction methods have in common
 * @param target probability of each action under the policy to judge; none for the behaviour
 */
@RecordBuilder
public record OffPolicyConfig(
    LinearPredictionConfig prediction,
    @Described("probability of each action under the policy to evaluate; none for the behaviour")
        List<Double> target)
    implements OffPolicyConfigBuilder.With {
  public OffPolicyConfig {
    target = List.copyOf(target);
  }
}
