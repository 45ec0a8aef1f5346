package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Hopper}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param forwardRewardWeight what a metre per second is worth
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param healthyReward what a step in health is worth
 * @param terminateWhenUnhealthy whether an episode ends when the hopper is not healthy
 * @param healthyStateRange between which numbers the state must be, but for x and height
 * @param healthyZRange between which heights the trunk must be, in m
 * @param healthyAngleRange between which angles the trunk must be, in rad
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x is left out of the observation
 */
@RecordBuilder
public record HopperOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre per second is worth") double forwardRewardWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described("what a step in health is worth") double healthyReward,
    @Described("end an episode when not healthy") boolean terminateWhenUnhealthy,
    @Described("healthy range of the state but for x and height") List<Double> healthyStateRange,
    @Described("healthy range of the height") List<Double> healthyZRange,
    @Described("healthy range of the angle") List<Double> healthyAngleRange,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale,
    @Described("leave x out of the observation") boolean excludeCurrentPositionsFromObservation)
    implements PlanarWalker.Options, HopperOptionsBuilder.With {
  static final String MODEL = "hopper.xml";

  public HopperOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    healthyStateRange = MujocoEnvironment.range("healthy_state_range", healthyStateRange);
    healthyZRange = MujocoEnvironment.range("healthy_z_range", healthyZRange);
    healthyAngleRange = MujocoEnvironment.range("healthy_angle_range", healthyAngleRange);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static HopperOptions defaults() {
    return new HopperOptions(
        MODEL,
        4,
        1,
        1e-3,
        1,
        true,
        List.of(-100.0, 100.0),
        List.of(0.7, Double.POSITIVE_INFINITY),
        List.of(-0.2, 0.2),
        5e-3,
        true);
  }
}
