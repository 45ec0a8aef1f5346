package org.bellmanrl.tabular.td;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.ControlConfig;

/**
 * Hyperparameters of n-step control learners.
 *
 * @param control those of every control learner
 * @param n the number of steps in a target, at least 1
 */
@RecordBuilder
public record NStepConfig(
    ControlConfig control,
    @Described(value = "number of steps in a target", range = Require.AT_LEAST_ONE) int n)
    implements NStepConfigBuilder.With {
  public NStepConfig {
    Require.atLeast("n", n, 1);
  }

  /**
   * Values of n and the step size that do well in Sutton &amp; Barto's figure 7.4, and their usual
   * ε of 0.1.
   */
  public static NStepConfig defaults() {
    return new NStepConfig(ControlConfig.defaults().withStepSize(Schedule.constant(0.5)), 4);
  }
}
