package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link InvertedDoublePendulum}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param healthyReward what a step is worth that does not end the episode
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 */
public record InvertedDoublePendulumOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = "[1, ∞)") int frameSkip,
    @Described("what a step is worth that does not end the episode") double healthyReward,
    @Described(value = "scale of the noise at a reset", range = "[0, ∞)") double resetNoiseScale) {

  public InvertedDoublePendulumOptions {
    MujocoEnvironment.checkNoise(resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static InvertedDoublePendulumOptions defaults() {
    return new InvertedDoublePendulumOptions("inverted_double_pendulum.xml", 5, 10, 0.1);
  }
}
