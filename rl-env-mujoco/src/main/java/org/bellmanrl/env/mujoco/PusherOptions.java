package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Pusher}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param rewardNearWeight what a metre between the fingertip and the object costs
 * @param rewardDistWeight what a metre between the object and the goal costs
 * @param rewardControlWeight what the sum of the squared controls costs
 */
@RecordBuilder
public record PusherOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre between fingertip and object costs") double rewardNearWeight,
    @Described("what a metre between object and goal costs") double rewardDistWeight,
    @Described("what the sum of the squared controls costs") double rewardControlWeight)
    implements PusherOptionsBuilder.With {

  public PusherOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
  }

  /** Gymnasium's defaults. */
  public static PusherOptions defaults() {
    return new PusherOptions("pusher_v5.xml", 5, 0.5, 1, 0.1);
  }
}
