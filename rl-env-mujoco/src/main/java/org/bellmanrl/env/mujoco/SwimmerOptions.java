package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Swimmer}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param forwardRewardWeight what a metre per second is worth
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x and y are left out of the observation
 */
@RecordBuilder
public record SwimmerOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre per second is worth") double forwardRewardWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale,
    @Described("leave x and y out of the observation")
        boolean excludeCurrentPositionsFromObservation)
    implements SwimmerOptionsBuilder.With {
  static final String MODEL = "swimmer.xml";

  public SwimmerOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static SwimmerOptions defaults() {
    return new SwimmerOptions(MODEL, 4, 1, 1e-4, 0.1, true);
  }
}
