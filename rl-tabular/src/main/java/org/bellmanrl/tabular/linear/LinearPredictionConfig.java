package org.bellmanrl.tabular.linear;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;

/**
 * Hyperparameters that prediction by steps over linear features has in common.
 *
 * @param features features of the observations
 * @param stepSize α, in (0, 1]; tile coding wants it divided by the number of tilings
 * @param gamma γ, in [0, 1]
 * @param behaviour probability of each action while learning; none for all the same
 * @param initialWeight every weight before anything is learned, finite
 */
@RecordBuilder
public record LinearPredictionConfig(
    @Described("features of the observation, such as tiles:8:10 or fourier:3") Features features,
    @Described(
            value = "step size; for tiles, divided by the number of tilings",
            range = Require.STEP_SIZE,
            aliases = {"alpha", "lr", "learning_rate"})
        Schedule stepSize,
    @Described(value = "discount factor of the task", range = Require.UNIT) double gamma,
    @Described("probability of each action while learning; none for all the same")
        List<Double> behaviour,
    @Described("what every weight is at first") double initialWeight)
    implements LinearPredictionConfigBuilder.With {
  public LinearPredictionConfig {
    Objects.requireNonNull(features);
    Require.stepSize("step_size", stepSize);
    Require.unit("gamma", gamma);
    behaviour = List.copyOf(behaviour);
    Require.finite("initial_weight", initialWeight);
  }

  /** Returns tile coding with a step size, γ = 0.99, and all actions equally likely. */
  static LinearPredictionConfig of(double stepSize) {
    return new LinearPredictionConfig(
        Features.tiles(8, 8), Schedule.constant(stepSize), 0.99, List.of(), 0);
  }
}
