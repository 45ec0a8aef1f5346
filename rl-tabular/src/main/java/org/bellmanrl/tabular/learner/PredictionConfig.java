package org.bellmanrl.tabular.learner;

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
public record PredictionConfig(
    @Described(
            value = "step size of updates",
            range = Require.STEP_SIZE,
            aliases = {"alpha", "lr", "learning_rate"})
        Schedule stepSize,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "value before anything is learned", range = Require.FINITE)
        double initialValue,
    @Described("id of the table that holds the values: dense, hashed or a plugin's")
        String values) {
  public PredictionConfig {
    Require.stepSize("step_size", stepSize);
    Require.unit("gamma", gamma);
    Require.finite("initial_value", initialValue);
  }

  /** α = 0.1 and γ = 0.99, which also suits tasks that do not end. */
  public static PredictionConfig defaults() {
    return new PredictionConfig(Schedule.constant(0.1), 0.99, 0, Tables.DENSE);
  }

  /** Returns this configuration with another step size. */
  public PredictionConfig withStepSize(Schedule stepSize) {
    return new PredictionConfig(stepSize, gamma, initialValue, values);
  }

  /** Returns this configuration with another discount factor. */
  public PredictionConfig withGamma(double gamma) {
    return new PredictionConfig(stepSize, gamma, initialValue, values);
  }

  /** Returns this configuration with another initial value. */
  public PredictionConfig withInitialValue(double initialValue) {
    return new PredictionConfig(stepSize, gamma, initialValue, values);
  }

  /** Returns this configuration with another table. */
  public PredictionConfig withValues(String values) {
    return new PredictionConfig(stepSize, gamma, initialValue, values);
  }
}
