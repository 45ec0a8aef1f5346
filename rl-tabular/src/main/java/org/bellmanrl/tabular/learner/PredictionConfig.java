package org.bellmanrl.tabular.learner;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.table.Tables;

/**
 * Hyperparameters of prediction learners over a table of state values.
 *
 * @param stepSize α, in (0, 1]
 * @param gamma γ, in [0, 1]
 * @param initialValue V before anything is learned, finite
 * @param values the id of the table, such as {@value Tables#DENSE} or {@value Tables#HASHED}
 */
@RecordBuilder
public record PredictionConfig(
    @Described(
            value = "step size of updates",
            range = Require.STEP_SIZE,
            aliases = {"alpha", "lr", "learning_rate"})
        Schedule stepSize,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "value before anything is learned", range = Require.FINITE)
        double initialValue,
    @Described("id of the table that holds the values: dense, hashed or a plugin's") String values)
    implements PredictionConfigBuilder.With {
  public PredictionConfig {
    Require.stepSize("step_size", stepSize);
    Require.unit("gamma", gamma);
    Require.finite("initial_value", initialValue);
  }

  /** α = 0.1 and γ = 0.99, which also suits tasks that do not end. */
  public static PredictionConfig defaults() {
    return new PredictionConfig(Schedule.constant(0.1), 0.99, 0, Tables.DENSE);
  }
}
