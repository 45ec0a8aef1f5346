package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link CustomRobot}.
 *
 * @param xml the model's file
 * @param task a Java source file with a public class that implements {@link MujocoTask}; empty for
 *     a reward of 0 and episodes without end
 * @param frameSkip steps of the simulation in a step of the task
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 */
@RecordBuilder
public record CustomRobotOptions(
    @Described("the model's file, MJCF or URDF") String xml,
    @Described("Java source file of a MujocoTask; none for no reward") String task,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale)
    implements CustomRobotOptionsBuilder.With {

  public CustomRobotOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** No model yet, 5 steps of the simulation a step, noise of 0.01. */
  public static CustomRobotOptions defaults() {
    return new CustomRobotOptions("", "", 5, 0.01);
  }
}
