package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link HumanoidStandup}, which are Gymnasium's.
 *
 * @param xmlFile the model: one of Gymnasium's, or a path
 * @param frameSkip steps of the simulation in a step of the task
 * @param uphCostWeight has no effect, as in Gymnasium
 * @param ctrlCostWeight what the sum of the squared controls costs
 * @param impactCostWeight what the sum of the squared contact forces costs
 * @param impactCostRange what the cost of contacts is cut to
 * @param resetNoiseScale scale of the noise at the beginning of an episode
 * @param excludeCurrentPositionsFromObservation whether x and y are left out of the observation
 * @param includeCinertInObservation whether inertias of bodies are observed
 * @param includeCvelInObservation whether velocities of bodies are observed
 * @param includeQfrcActuatorInObservation whether forces of actuators are observed
 * @param includeCfrcExtInObservation whether contact forces are observed
 */
@RecordBuilder
public record HumanoidStandupOptions(
    @Described("model file: one of Gymnasium's, or a path") String xmlFile,
    @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
        int frameSkip,
    @Described("has no effect, as in Gymnasium") double uphCostWeight,
    @Described("what the sum of the squared controls costs") double ctrlCostWeight,
    @Described("what the sum of the squared contact forces costs") double impactCostWeight,
    @Described("what the cost of contacts is cut to") List<Double> impactCostRange,
    @Described(value = "scale of the noise at a reset", range = Require.NOT_NEGATIVE)
        double resetNoiseScale,
    @Described("leave x and y out of the observation")
        boolean excludeCurrentPositionsFromObservation,
    @Described("observe inertias of bodies") boolean includeCinertInObservation,
    @Described("observe velocities of bodies") boolean includeCvelInObservation,
    @Described("observe forces of actuators") boolean includeQfrcActuatorInObservation,
    @Described("observe contact forces") boolean includeCfrcExtInObservation)
    implements HumanoidStandupOptionsBuilder.With {

  public HumanoidStandupOptions {
    Require.atLeast("frame_skip", frameSkip, 1);
    impactCostRange = MujocoEnvironment.range("impact_cost_range", impactCostRange);
    Require.notNegative("reset_noise_scale", resetNoiseScale);
  }

  /** Gymnasium's defaults. */
  public static HumanoidStandupOptions defaults() {
    return new HumanoidStandupOptions(
        "humanoidstandup.xml",
        5,
        1,
        0.1,
        5e-7,
        List.of(Double.NEGATIVE_INFINITY, 10.0),
        0.01,
        true,
        true,
        true,
        true,
        true);
  }
}
