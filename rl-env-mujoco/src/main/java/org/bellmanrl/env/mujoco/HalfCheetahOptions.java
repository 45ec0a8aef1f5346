package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link HalfCheetah}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param forwardRewardWeight what a metre per second is worth
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x is left out of the observation
 */
public record HalfCheetahOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = "[1, ∞)") int frameSkip,
    @Described("what a metre per second is worth") double forwardRewardWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described(value = "scale of the noise at a reset", range = "[0, ∞)") double resetNoiseScale,
    @Described("leave x out of the observation") boolean excludeCurrentPositionsFromObservation) {
  static final String MODEL = "half_cheetah.xml";

  public HalfCheetahOptions {
    MujocoEnvironment.checkNoise(resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static HalfCheetahOptions defaults() {
    return new HalfCheetahOptions(MODEL, 5, 1, 0.1, 0.1, true);
  }
}
