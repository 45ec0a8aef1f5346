package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Hop forward on one leg in a plane.
 *
 * <p>The observation is 5 positions (height and angle of the trunk, angles of the joints) and 6
 * velocities, cut to [−10, 10]. The actions are 3 torques in [−1, 1]. The reward is the velocity
 * along x in m/s, and 1 for being healthy, less 10⁻³ times the sum of the squared torques. An
 * episode ends when the hopper is not healthy: its trunk below 0.7 m or inclined by more than 0.2
 * rad, or a number of its state beyond ±100. It has at most 1000 steps of 0.008 s.
 *
 * <p>Gymnasium 1.3.0's {@code Hopper-v5}, after Erez, Tassa and Todorov (2011). Diagnostics: {@code
 * x_position}, {@code x_velocity}, {@code reward_forward}, {@code reward_ctrl}, {@code
 * reward_survive}.
 */
public final class Hopper extends MujocoEnvironment {
  private static final double VELOCITY_LIMIT = 10;

  private final HopperOptions options;
  private final int skipped;
  private final double lowState;
  private final double highState;
  private final double lowZ;
  private final double highZ;
  private final double lowAngle;
  private final double highAngle;

  /** Makes a hopper. */
  public Hopper(HopperOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Hopper(HopperOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 1 : 0;
    EnvironmentSpec spec =
        EnvironmentSpec.of(
                "Hopper-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped),
                Models.actionSpace(simulation, options.xmlFile().equals(HopperOptions.MODEL), 1))
            .withLegend(
                Models.legend(
                    simulation,
                    "height and angle of the trunk, angles of the joints, then velocities",
                    "Velocity along x in m/s, 1 for being healthy, less 0.001 times the squared torques; a fall ends the episode.",
                    "thigh",
                    "leg",
                    "foot"))
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
    this.lowState = options.healthyStateRange().getFirst();
    this.highState = options.healthyStateRange().getLast();
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
    boolean healthy = healthy();
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

  private boolean healthy() {
    double z = simulation().qpos(1);
    double angle = simulation().qpos(2);
    boolean healthy = lowZ < z && z < highZ && lowAngle < angle && angle < highAngle;
    for (int i = 2; i < simulation().nq(); i++) {
      healthy &= lowState < simulation().qpos(i) && simulation().qpos(i) < highState;
    }
    for (int i = 0; i < simulation().nv(); i++) {
      healthy &= lowState < simulation().qvel(i) && simulation().qvel(i) < highState;
    }
    return healthy;
  }
}
