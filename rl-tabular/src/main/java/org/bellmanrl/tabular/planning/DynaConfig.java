package org.bellmanrl.tabular.planning;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.tabular.learner.ControlConfig;

/**
 * Hyperparameters of learners that also plan with a learned model.
 *
 * @param control those of every control learner
 * @param planningSteps the number of updates from the model per step, at least 1
 */
@RecordBuilder
public record DynaConfig(
    ControlConfig control,
    @Described(
            value = "updates from the model per step",
            range = Require.AT_LEAST_ONE,
            aliases = "n")
        int planningSteps)
    implements DynaConfigBuilder.With {
  public DynaConfig {
    Require.atLeast("planning_steps", planningSteps, 1);
  }

  /** The values of Sutton &amp; Barto's example 8.1: α = 0.1, γ = 0.95, ε = 0.1, five updates. */
  public static DynaConfig defaults() {
    return new DynaConfig(ControlConfig.defaults().withGamma(0.95), 5);
  }
}
