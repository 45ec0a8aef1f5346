package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Stand up from lying on the ground.
 *
 * <p>Observations and actions are those of {@link Humanoid}. The reward is the height of the trunk
 * in m divided by the simulation's time step of 0.003 s, and 1, less 0.1 times the sum of the
 * squared torques and 5·10⁻⁷ times that of the squared contact forces (10 at most). An episode
 * never ends by itself; it has at most 1000 steps of 0.015 s.
 *
 * <p>Gymnasium 1.3.0's {@code HumanoidStandup-v5}, after Tassa, Erez and Todorov (2012).
 * Diagnostics: {@code x_position}, {@code y_position}, {@code reward_linup}, {@code
 * reward_quadctrl}, {@code reward_impact}.
 */
public final class HumanoidStandup extends MujocoEnvironment {
  private final HumanoidStandupOptions options;
  private final int skipped;
  private final HumanoidBody body;
  private final double lowCost;
  private final double highCost;

  /** Makes a humanoid. */
  public HumanoidStandup(HumanoidStandupOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private HumanoidStandup(HumanoidStandupOptions options, MujocoSimulation simulation) {
    int skipped = options.excludeCurrentPositionsFromObservation() ? 2 : 0;
    HumanoidBody body =
        new HumanoidBody(
            simulation,
            options.includeCinertInObservation(),
            options.includeCvelInObservation(),
            options.includeQfrcActuatorInObservation(),
            options.includeCfrcExtInObservation());
    super(
        EnvironmentSpec.of(
                "HumanoidStandup-v5",
                unbounded(simulation.nq() + simulation.nv() - skipped + body.length()),
                simulation.actionSpace())
            .withLegend(
                HumanoidBody.legend(
                    simulation,
                    "Height of the trunk over the time step, and 1, less the squared torques and contact forces."))
            .withMaxEpisodeSteps(1000)
            .withDiagnostics(
                "x_position", "y_position", "reward_linup", "reward_quadctrl", "reward_impact")
            .continuing(),
        simulation,
        options.frameSkip(),
        0);
    this.options = options;
    this.skipped = skipped;
    this.body = body;
    this.lowCost = options.impactCostRange().getFirst();
    this.highCost = options.impactCostRange().getLast();
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
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
    double up = simulation().qpos(2) / simulation().timestep();
    double control = options.ctrlCostWeight() * body.squaredControls();
    double impact =
        Math.clamp(options.impactCostWeight() * body.squaredContacts(), lowCost, highCost);
    outcome.reward(up - control - impact + 1);
    outcome.diagnostic(0, simulation().qpos(0));
    outcome.diagnostic(1, simulation().qpos(1));
    outcome.diagnostic(2, up);
    outcome.diagnostic(3, -control);
    outcome.diagnostic(4, -impact);
  }
}
