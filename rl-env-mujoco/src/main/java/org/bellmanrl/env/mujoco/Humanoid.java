package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Walk forward on two legs.
 *
 * <p>The observation is 22 positions (height and orientation of the trunk, angles of the joints),
 * 23 velocities, and of each of 13 bodies the inertia (10 numbers), the velocity (6) and the
 * contact forces (6), with the forces of the 17 actuators before the last. The actions are 17
 * torques in [−0.4, 0.4]. The reward is 1.25 times the velocity of the centre of mass along x in
 * m/s, and 5 for being healthy, less 0.1 times the sum of the squared torques and 5·10⁻⁷ times that
 * of the squared contact forces (10 at most). An episode ends when the humanoid is not healthy: its
 * trunk not between 1 and 2 m. It has at most 1000 steps of 0.015 s.
 *
 * <p>Gymnasium 1.3.0's {@code Humanoid-v5}, after Tassa, Erez and Todorov (2012). Diagnostics:
 * {@code x_position}, {@code y_position}, {@code x_velocity}, {@code y_velocity}, {@code
 * reward_forward}, {@code reward_ctrl}, {@code reward_contact}, {@code reward_survive}.
 */
public final class Humanoid extends MujocoEnvironment {
  private final HumanoidOptions options;
  private final int skipped;
  private final HumanoidBody body;
  private final double lowZ;
  private final double highZ;
  private final double lowCost;
  private final double highCost;
  private final DoubleView centres;
  private final double[] masses;
  private final double mass;

  /** Makes a humanoid. */
  public Humanoid(HumanoidOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Humanoid(HumanoidOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 2 : 0;
    HumanoidBody body =
        new HumanoidBody(
            simulation,
            options.includeCinertInObservation(),
            options.includeCvelInObservation(),
            options.includeQfrcActuatorInObservation(),
            options.includeCfrcExtInObservation());
    EnvironmentSpec spec =
        EnvironmentSpec.of(
                "Humanoid-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped + body.length()),
                simulation.actionSpace())
            .withLegend(
                HumanoidBody.legend(
                    simulation,
                    "1.25 times the velocity along x in m/s, 5 for being healthy, less the squared torques and contact forces; a fall ends the episode."));
    super(walking(spec, options.terminateWhenUnhealthy()), simulation, options.frameSkip(), 2);
    this.options = options;
    this.skipped = skipped;
    this.body = body;
    this.lowZ = options.healthyZRange().getFirst();
    this.highZ = options.healthyZRange().getLast();
    this.lowCost = options.contactCostRange().getFirst();
    this.highCost = options.contactCostRange().getLast();
    this.centres = simulation.data("xipos", 3L * simulation.bodies());
    DoubleView bodyMasses = simulation.model("body_mass", simulation.bodies());
    this.masses = new double[bodyMasses.length()];
    for (int i = 0; i < masses.length; i++) {
      masses[i] = bodyMasses.get(i);
    }
    this.mass = NumPy.sum(masses, masses.length);
  }

  /** A coordinate of the centre of mass. */
  private double centre(int axis) {
    double sum = 0;
    for (int i = 0; i < masses.length; i++) {
      sum += masses[i] * centres.get(3 * i + axis);
    }
    return sum / mass;
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
  }

  @Override
  protected void begin() {
    memory()[0] = centre(0);
    memory()[1] = centre(1);
  }

  @Override
  void afterStep() {
    simulation().computeBodyForces();
  }

  @Override
  protected void observe(Observation observation) {
    body.observe(observation, observeMotion(observation, skipped, Double.POSITIVE_INFINITY));
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = centre(0);
    double y = centre(1);
    double velocity = (x - memory()[0]) / dt();
    double aside = (y - memory()[1]) / dt();
    memory()[0] = x;
    memory()[1] = y;
    double z = simulation().qpos(2);
    boolean healthy = lowZ < z && z < highZ;
    double forward = options.forwardRewardWeight() * velocity;
    double survive = healthy ? options.healthyReward() : 0;
    double control = options.ctrlCostWeight() * body.squaredControls();
    double contact =
        Math.clamp(options.contactCostWeight() * body.squaredContacts(), lowCost, highCost);
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
}
