package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Humanoid}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param forwardRewardWeight what a metre per second is worth
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param contactCostWeight what the sum of the squared contact forces costs
 * @param contactCostRange what the cost of contacts is cut to
 * @param healthyReward what a step in health is worth
 * @param terminateWhenUnhealthy whether an episode ends when the humanoid is not healthy
 * @param healthyZRange between which heights the trunk must be, in m
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x and y are left out of the observation
 * @param includeCinertInObservation whether inertias of bodies are observed
 * @param includeCvelInObservation whether velocities of bodies are observed
 * @param includeQfrcActuatorInObservation whether forces of actuators are observed
 * @param includeCfrcExtInObservation whether contact forces are observed
 */
@RecordBuilder
public record HumanoidOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("what a metre per second is worth") double forwardRewardWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described("what the sum of the squared contact forces costs") double contactCostWeight,
    @Described("what the cost of contacts is cut to") List<Double> contactCostRange,
    @Described("what a step in health is worth") double healthyReward,
    @Described("end an episode when not healthy") boolean terminateWhenUnhealthy,
    @Described("healthy range of the height") List<Double> healthyZRange,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale,
    @Described("leave x and y out of the observation")
        boolean excludeCurrentPositionsFromObservation,
    @Described("observe inertias of bodies") boolean includeCinertInObservation,
    @Described("observe velocities of bodies") boolean includeCvelInObservation,
    @Described("observe forces of actuators") boolean includeQfrcActuatorInObservation,
    @Described("observe contact forces") boolean includeCfrcExtInObservation)
    implements HumanoidOptionsBuilder.With {

  public HumanoidOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    contactCostRange = MujocoEnvironment.range("contact_cost_range", contactCostRange);
    healthyZRange = MujocoEnvironment.range("healthy_z_range", healthyZRange);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static HumanoidOptions defaults() {
    return new HumanoidOptions(
        "humanoid.xml",
        5,
        1.25,
        0.1,
        5e-7,
        List.of(Double.NEGATIVE_INFINITY, 10.0),
        5,
        true,
        List.of(1.0, 2.0),
        0.01,
        true,
        true,
        true,
        true,
        true);
  }
}
