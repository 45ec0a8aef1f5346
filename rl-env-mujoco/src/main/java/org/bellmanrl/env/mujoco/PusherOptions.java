package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link Pusher}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param rewardNearWeight what a metre between the fingertip and the object costs
 * @param rewardDistWeight what a metre between the object and the goal costs
 * @param rewardControlWeight what the sum of the squared controls costs
 */
public record PusherOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = "[1, ∞)") int frameSkip,
    @Described("what a metre between fingertip and object costs") double rewardNearWeight,
    @Described("what a metre between object and goal costs") double rewardDistWeight,
    @Described("what the sum of the squared controls costs") double rewardControlWeight) {

  /** Gymnasium's defaults. */
  public static PusherOptions defaults() {
    return new PusherOptions("pusher_v5.xml", 5, 0.5, 1, 0.1);
  }
}
