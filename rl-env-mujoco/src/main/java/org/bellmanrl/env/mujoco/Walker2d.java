package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Walk forward on two legs in a plane.
 *
 * <p>The observation is 8 positions (height and angle of the trunk, angles of the joints) and 9
 * velocities, cut to [−10, 10]. The actions are 6 torques in [−1, 1]. The reward is the velocity
 * along x in m/s, and 1 for being healthy, less 10⁻³ times the sum of the squared torques. An
 * episode ends when the walker is not healthy: its trunk not between 0.8 and 2 m or inclined by
 * more than 1 rad. It has at most 1000 steps of 0.008 s.
 *
 * <p>Gymnasium 1.3.0's {@code Walker2d-v5}, after Erez, Tassa and Todorov (2011). Diagnostics:
 * {@code x_position}, {@code x_velocity}, {@code reward_forward}, {@code reward_ctrl}, {@code
 * reward_survive}.
 */
public final class Walker2d extends MujocoEnvironment {
  private static final double VELOCITY_LIMIT = 10;

  private final Walker2dOptions options;
  private final int skipped;
  private final double lowZ;
  private final double highZ;
  private final double lowAngle;
  private final double highAngle;

  /** Makes a walker. */
  public Walker2d(Walker2dOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Walker2d(Walker2dOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 1 : 0;
    EnvironmentSpec spec =
        EnvironmentSpec.of(
                "Walker2d-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped),
                Models.actionSpace(simulation, options.xmlFile().equals(Walker2dOptions.MODEL), 1))
            .withLegend(
                Models.legend(
                    simulation,
                    "height and angle of the trunk, angles of the joints, then velocities",
                    "Velocity along x in m/s, 1 for being healthy, less 0.001 times the squared torques; a fall ends the episode.",
                    "right thigh",
                    "right leg",
                    "right foot",
                    "left thigh",
                    "left leg",
                    "left foot"))
            .withMaxEpisodeSteps(1000)
            .withDiagnostics(
                "x_position", "x_velocity", "reward_forward", "reward_ctrl", "reward_survive");
    super(
        options.terminateWhenUnhealthy() ? spec : spec.continuing(),
        simulation,
        options.frameSkip(),
        1);
    this.options = options;
    this.skipped = skipped;
    this.lowZ = options.healthyZRange().getFirst();
    this.highZ = options.healthyZRange().getLast();
    this.lowAngle = options.healthyAngleRange().getFirst();
    this.highAngle = options.healthyAngleRange().getLast();
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
  }

  @Override
  protected void begin() {
    memory()[0] = simulation().qpos(0);
  }

  @Override
  protected void observe(Observation observation) {
    observeMotion(observation, skipped, VELOCITY_LIMIT);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = simulation().qpos(0);
    double velocity = (x - memory()[0]) / dt();
    memory()[0] = x;
    double z = simulation().qpos(1);
    double angle = simulation().qpos(2);
    boolean healthy = lowZ < z && z < highZ && lowAngle < angle && angle < highAngle;
    double forward = options.forwardRewardWeight() * velocity;
    double survive = healthy ? options.healthyReward() : 0;
    float cost = (float) options.ctrlCostWeight() * squared(action);
    outcome.reward(forward + survive - cost);
    if (!healthy && options.terminateWhenUnhealthy()) {
      outcome.terminate();
    }
    outcome.diagnostic(0, x);
    outcome.diagnostic(1, velocity);
    outcome.diagnostic(2, forward);
    outcome.diagnostic(3, -cost);
    outcome.diagnostic(4, survive);
  }
}
