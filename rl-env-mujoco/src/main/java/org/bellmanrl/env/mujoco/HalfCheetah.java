package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Run forward with a cheetah of two legs in a plane.
 *
 * <p>The observation is 8 positions (height and angle of the trunk, angles of the joints) and 9
 * velocities. The actions are 6 torques in [−1, 1]. The reward is the velocity along x in m/s, less
 * 0.1 times the sum of the squared torques. An episode never ends by itself; it has at most 1000
 * steps of 0.05 s.
 *
 * <p>Gymnasium 1.3.0's {@code HalfCheetah-v5}, after Wawrzyński (2009). Diagnostics: {@code
 * x_position}, {@code x_velocity}, {@code reward_forward}, {@code reward_ctrl}.
 */
public final class HalfCheetah extends MujocoEnvironment {
  private final HalfCheetahOptions options;
  private final int skipped;

  /** Makes a cheetah. */
  public HalfCheetah(HalfCheetahOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private HalfCheetah(HalfCheetahOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 1 : 0;
    super(
        EnvironmentSpec.of(
                "HalfCheetah-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped),
                Models.actionSpace(
                    simulation, options.xmlFile().equals(HalfCheetahOptions.MODEL), 1))
            .withLegend(
                Models.legend(
                    simulation,
                    "height and angle of the trunk, angles of the joints, then velocities",
                    "Velocity along x in m/s, less 0.1 times the squared torques.",
                    "back thigh",
                    "back shin",
                    "back foot",
                    "front thigh",
                    "front shin",
                    "front foot"))
            .withMaxEpisodeSteps(1000)
            .withDiagnostics("x_position", "x_velocity", "reward_forward", "reward_ctrl")
            .continuing(),
        simulation,
        options.frameSkip(),
        1);
    this.options = options;
    this.skipped = skipped;
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocitiesNormally(random, options.resetNoiseScale());
  }

  @Override
  protected void begin() {
    memory()[0] = simulation().qpos(0);
  }

  @Override
  protected void observe(Observation observation) {
    observeMotion(observation, skipped, Double.POSITIVE_INFINITY);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = simulation().qpos(0);
    double velocity = (x - memory()[0]) / dt();
    memory()[0] = x;
    double forward = options.forwardRewardWeight() * velocity;
    float cost = (float) options.ctrlCostWeight() * squared(action);
    outcome.reward(forward - cost);
    outcome.diagnostic(0, x);
    outcome.diagnostic(1, velocity);
    outcome.diagnostic(2, forward);
    outcome.diagnostic(3, -cost);
  }
}
