package org.bellmanrl.env.mujoco;

import java.util.List;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * What {@link Hopper} and {@link Walker2d} share: a body in a plane, rewarded for its speed and for
 * being healthy, whose first three positions are x, its height and its inclination.
 */
abstract class PlanarWalker extends MujocoEnvironment {
  private static final double VELOCITY_LIMIT = 10;

  private final Options options;
  private final int skipped;
  private final double lowZ;
  private final double highZ;
  private final double lowAngle;
  private final double highAngle;

  /** What the options of both say. */
  interface Options {
    String xmlFile();

    int frameSkip();

    double forwardRewardWeight();

    double ctrlCostWeight();

    double healthyReward();

    boolean terminateWhenUnhealthy();

    List<Double> healthyZRange();

    List<Double> healthyAngleRange();

    double resetNoiseScale();

    boolean excludeCurrentPositionsFromObservation();
  }

  /**
   * Makes a body.
   *
   * @param model its own model file
   * @param actuators their names
   */
  PlanarWalker(
      String name,
      String model,
      Options options,
      MujocoSimulation simulation,
      String... actuators) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 1 : 0;
    EnvironmentSpec spec =
        EnvironmentSpec.of(
                name,
                unbounded(simulation.nq() + simulation.nv() - skipped),
                Models.actionSpace(simulation, options.xmlFile().equals(model), 1))
            .withLegend(
                Models.legend(
                    simulation,
                    "height and angle of the trunk, angles of the joints, then velocities",
                    "Velocity along x in m/s, 1 for being healthy, less 0.001 times the squared torques; a fall ends the episode.",
                    actuators))
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
  protected final void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
  }

  @Override
  protected final void begin() {
    memory()[0] = simulation().qpos(0);
  }

  @Override
  protected final void observe(Observation observation) {
    observeMotion(observation, skipped, VELOCITY_LIMIT);
  }

  @Override
  protected final void evaluate(Action action, Outcome outcome) {
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

  /** Whether height and inclination are within their ranges. */
  boolean healthy() {
    double z = simulation().qpos(1);
    double angle = simulation().qpos(2);
    return lowZ < z && z < highZ && lowAngle < angle && angle < highAngle;
  }
}
