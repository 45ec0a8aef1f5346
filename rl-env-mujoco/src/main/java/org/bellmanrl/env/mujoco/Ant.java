package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Walk forward on four legs.
 *
 * <p>The observation is 13 positions (height and orientation of the trunk, angles of the joints),
 * 14 velocities and, cut to [−1, 1], the 6 contact forces and torques on each of 13 bodies. The
 * actions are 8 torques in [−1, 1]. The reward is the velocity along x in m/s, and 1 for being
 * healthy, less 0.5 times the sum of the squared torques and 5·10⁻⁴ times that of the squared
 * contact forces. An episode ends when the ant is not healthy: its trunk not between 0.2 and 1 m,
 * or a number of its state not finite. It has at most 1000 steps of 0.05 s.
 *
 * <p>Gymnasium 1.3.0's {@code Ant-v5}, after Schulman et al. (2015). Diagnostics: {@code
 * x_position}, {@code y_position}, {@code x_velocity}, {@code y_velocity}, {@code reward_forward},
 * {@code reward_ctrl}, {@code reward_contact}, {@code reward_survive}.
 */
public final class Ant extends MujocoEnvironment {
  private final AntOptions options;
  private final int skipped;
  private final int mainBody;
  private final double lowZ;
  private final double highZ;
  private final double lowForce;
  private final double highForce;
  private final DoubleView contactForces;
  private final double[] squares;

  /** Makes an ant. */
  public Ant(AntOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Ant(AntOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 2 : 0;
    int forces = options.includeCfrcExtInObservation() ? 6 * (simulation.bodies() - 1) : 0;
    EnvironmentSpec spec =
        EnvironmentSpec.of(
                "Ant-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped + forces),
                simulation.actionSpace())
            .withLegend(
                Models.legend(
                    simulation,
                    "height and orientation of the trunk, angles of the joints, velocities, then contact forces on each body",
                    "Velocity along x in m/s, 1 for being healthy, less the squared torques and contact forces.",
                    "back right hip",
                    "back right ankle",
                    "front left hip",
                    "front left ankle",
                    "front right hip",
                    "front right ankle",
                    "back left hip",
                    "back left ankle"));
    super(walking(spec, options.terminateWhenUnhealthy()), simulation, options.frameSkip(), 2);
    this.options = options;
    this.skipped = skipped;
    this.mainBody = body(simulation, options.mainBody());
    this.lowZ = options.healthyZRange().getFirst();
    this.highZ = options.healthyZRange().getLast();
    this.lowForce = options.contactForceRange().getFirst();
    this.highForce = options.contactForceRange().getLast();
    this.contactForces = simulation.data("cfrc_ext", 6L * simulation.bodies());
    this.squares = new double[contactForces.length()];
  }

  private static int body(MujocoSimulation simulation, String numberOrName) {
    if (!numberOrName.matches("[0-9]{1,9}")) {
      return simulation.body(numberOrName);
    }
    int body = Integer.parseInt(numberOrName);
    if (body >= simulation.bodies()) {
      throw new IllegalArgumentException(
          "main_body of Ant-v5 must be in [0, %d), was %d".formatted(simulation.bodies(), body));
    }
    return body;
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocitiesNormally(random, options.resetNoiseScale());
  }

  @Override
  protected void begin() {
    memory()[0] = simulation().bodyPosition(mainBody, 0);
    memory()[1] = simulation().bodyPosition(mainBody, 1);
  }

  @Override
  void afterStep() {
    simulation().computeBodyForces();
  }

  @Override
  protected void observe(Observation observation) {
    int at = observeMotion(observation, skipped, Double.POSITIVE_INFINITY);
    if (options.includeCfrcExtInObservation()) {
      // Those on the world come first, and are left out.
      for (int i = 6; i < contactForces.length(); i++) {
        observation.set(at++, force(i));
      }
    }
  }

  private double force(int i) {
    return Math.clamp(contactForces.get(i), lowForce, highForce);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = simulation().bodyPosition(mainBody, 0);
    double y = simulation().bodyPosition(mainBody, 1);
    double velocity = (x - memory()[0]) / dt();
    double aside = (y - memory()[1]) / dt();
    memory()[0] = x;
    memory()[1] = y;
    boolean healthy = healthy();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = force(i) * force(i);
    }
    double forward = velocity * options.forwardRewardWeight();
    double survive = healthy ? options.healthyReward() : 0;
    float control = (float) options.ctrlCostWeight() * squared(action);
    double contact = options.contactCostWeight() * NumPy.sum(squares, squares.length);
    outcome.reward(forward + survive - (control + contact));
    if (!healthy && options.terminateWhenUnhealthy()) {
      outcome.terminate();
    }
    outcome.diagnostic(0, simulation().qpos(0));
    outcome.diagnostic(1, simulation().qpos(1));
    outcome.diagnostic(2, velocity);
    outcome.diagnostic(3, aside);
    outcome.diagnostic(4, forward);
    outcome.diagnostic(5, -control);
    outcome.diagnostic(6, -contact);
    outcome.diagnostic(7, survive);
  }

  private boolean healthy() {
    double z = simulation().qpos(2);
    boolean healthy = lowZ <= z && z <= highZ;
    for (int i = 0; i < simulation().nq(); i++) {
      healthy &= Double.isFinite(simulation().qpos(i));
    }
    for (int i = 0; i < simulation().nv(); i++) {
      healthy &= Double.isFinite(simulation().qvel(i));
    }
    return healthy;
  }
}
