package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Reacher}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param rewardDistWeight what a metre of distance costs
 * @param rewardControlWeight what the sum of the squared controls costs
 */
@RecordBuilder
public record ReacherOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre of distance costs") double rewardDistWeight,
    @Described("what the sum of the squared controls costs") double rewardControlWeight)
    implements ReacherOptionsBuilder.With {

  public ReacherOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
  }

  /** Gymnasium's defaults. */
  public static ReacherOptions defaults() {
    return new ReacherOptions("reacher.xml", 2, 1, 1);
  }
}
