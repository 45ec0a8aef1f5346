package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Hyperparameters that SARSA methods over linear features have in common.
 *
 * @param features features of the observations
 * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
 * @param gamma γ, in [0, 1]
 * @param epsilon ε of the ε-greedy policy, in [0, 1]
 * @param ties which of several best actions is taken
 * @param initialWeight every weight before anything is learned, finite
 */
@RecordBuilder
public record LinearControlConfig(
    @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
    @Described(
            value = "step size; for tiles, divided by the number of tilings",
            range = Require.STEP_SIZE,
            aliases = {"alpha", "lr", "learning_rate"})
        Schedule stepSize,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described(value = "probability of exploring", range = Require.UNIT) Schedule epsilon,
    @Described("which of several best actions is taken") TieBreak ties,
    @Described("what every weight is at first") double initialWeight)
    implements LinearControlConfigBuilder.With {
  public LinearControlConfig {
    Objects.requireNonNull(features);
    Require.stepSize("step_size", stepSize);
    Require.unit("gamma", gamma);
    Require.unit("epsilon", epsilon);
    Objects.requireNonNull(ties);
    Require.finite("initial_weight", initialWeight);
  }

  /**
   * Returns the defaults: features and step size of Sutton &amp; Barto's example 10.1 (mountain
   * car), which explores by its initial values alone; ε and γ suit any task.
   */
  public static LinearControlConfig defaults() {
    return new LinearControlConfig(
        Features.tiles(8, 8),
        Schedule.constant(0.5 / 8),
        0.99,
        Schedule.constant(0.1),
        TieBreak.RANDOM,
        0);
  }
}
