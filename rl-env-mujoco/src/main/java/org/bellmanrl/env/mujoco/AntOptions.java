package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Ant}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param forwardRewardWeight what a metre per second is worth
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param contactCostWeight what the sum of the squared contact forces costs
 * @param healthyReward what a step in health is worth
 * @param mainBody number or name of the body whose velocity counts
 * @param terminateWhenUnhealthy whether an episode ends when the ant is not healthy
 * @param healthyZRange between which heights the trunk must be, in m
 * @param contactForceRange what contact forces are cut to
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x and y are left out of the observation
 * @param includeCfrcExtInObservation whether contact forces are observed
 */
@RecordBuilder
public record AntOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre per second is worth") double forwardRewardWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described("what the sum of the squared contact forces costs") double contactCostWeight,
    @Described("what a step in health is worth") double healthyReward,
    @Described("number or name of the body whose velocity counts") String mainBody,
    @Described("end an episode when not healthy") boolean terminateWhenUnhealthy,
    @Described("healthy range of the height") List<Double> healthyZRange,
    @Described("what contact forces are cut to") List<Double> contactForceRange,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale,
    @Described("leave x and y out of the observation")
        boolean excludeCurrentPositionsFromObservation,
    @Described("observe contact forces") boolean includeCfrcExtInObservation)
    implements AntOptionsBuilder.With {

  public AntOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    healthyZRange = MujocoEnvironment.range("healthy_z_range", healthyZRange);
    contactForceRange = MujocoEnvironment.range("contact_force_range", contactForceRange);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static AntOptions defaults() {
    return new AntOptions(
        "ant.xml",
        5,
        1,
        0.5,
        5e-4,
        1,
        "1",
        true,
        List.of(0.2, 1.0),
        List.of(-1.0, 1.0),
        0.1,
        true,
        true);
  }
}
