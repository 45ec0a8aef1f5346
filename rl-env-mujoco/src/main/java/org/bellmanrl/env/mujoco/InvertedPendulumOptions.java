package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link InvertedPendulum}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 */
public record InvertedPendulumOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = "[1, ∞)") int frameSkip,
    @Described(value = "scale of the noise at a reset", range = "[0, ∞)") double resetNoiseScale) {
  static final String MODEL = "inverted_pendulum.xml";

  public InvertedPendulumOptions {
    MujocoEnvironment.checkNoise(resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static InvertedPendulumOptions defaults() {
    return new InvertedPendulumOptions(MODEL, 2, 0.01);
  }
}
