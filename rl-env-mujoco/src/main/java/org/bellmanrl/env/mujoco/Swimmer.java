package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Swim forward with three segments in a viscous fluid.
 *
 * <p>The observation is 3 positions (angles of the first segment and of the two joints) and 5
 * velocities. The actions are 2 torques in [−1, 1]. The reward is the velocity along x in m/s, less
 * 10⁻⁴ times the sum of the squared torques. An episode never ends by itself; it has at most 1000
 * steps of 0.04 s.
 *
 * <p>Gymnasium 1.3.0's {@code Swimmer-v5}, after Coulom (2002). Diagnostics: {@code x_position},
 * {@code y_position}, {@code x_velocity}, {@code y_velocity}, {@code reward_forward}, {@code
 * reward_ctrl}.
 */
public final class Swimmer extends MujocoEnvironment {
  private final SwimmerOptions options;
  private final int skipped;

  /** Makes a swimmer. */
  public Swimmer(SwimmerOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Swimmer(SwimmerOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 2 : 0;
    super(
        EnvironmentSpec.of(
                "Swimmer-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped),
                Models.actionSpace(simulation, options.xmlFile().equals(SwimmerOptions.MODEL), 1))
            .withLegend(
                Models.legend(
                    simulation,
                    "angles of the first segment and of the joints, then velocities",
                    "Velocity along x in m/s, less 0.0001 times the squared torques.",
                    "first joint",
                    "second joint"))
            .withMaxEpisodeSteps(1000)
            .withDiagnostics(
                "x_position",
                "y_position",
                "x_velocity",
                "y_velocity",
                "reward_forward",
                "reward_ctrl")
            .continuing(),
        simulation,
        options.frameSkip(),
        2);
    this.options = options;
    this.skipped = skipped;
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
  }

  @Override
  protected void begin() {
    memory()[0] = simulation().qpos(0);
    memory()[1] = simulation().qpos(1);
  }

  @Override
  protected void observe(Observation observation) {
    observeMotion(observation, skipped, Double.POSITIVE_INFINITY);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = simulation().qpos(0);
    double y = simulation().qpos(1);
    double velocity = (x - memory()[0]) / dt();
    double aside = (y - memory()[1]) / dt();
    memory()[0] = x;
    memory()[1] = y;
    double forward = options.forwardRewardWeight() * velocity;
    float cost = (float) options.ctrlCostWeight() * squared(action);
    outcome.reward(forward - cost);
    outcome.diagnostic(0, x);
    outcome.diagnostic(1, y);
    outcome.diagnostic(2, velocity);
    outcome.diagnostic(3, aside);
    outcome.diagnostic(4, forward);
    outcome.diagnostic(5, -cost);
  }
}
