package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.env.math.Trig;

/**
 * Balance a pole on top of a pole on a cart.
 *
 * <p>The observation is the cart's place, the sines and the cosines of the two joints' angles, the
 * three velocities, and the force of constraints on the cart, the last four cut to [−10, 10]. The
 * action is a force on the cart in [−1, 1]. A step is worth 10, less 0.01 x² + (y − 2)² for the
 * tip's place and 0.001 v₁² + 0.005 v₂² for the joints' velocities. An episode ends when the tip is
 * not above 1 m; that step is not worth the 10. It has at most 1000 steps of 0.05 s.
 *
 * <p>Gymnasium 1.3.0's {@code InvertedDoublePendulum-v5}. Diagnostics: {@code reward_survive},
 * {@code distance_penalty}, {@code velocity_penalty}.
 */
public final class InvertedDoublePendulum extends MujocoEnvironment {
  private static final double LIMIT = 10;

  /** The only site of Gymnasium's model. */
  private static final int TIP = 0;

  private final InvertedDoublePendulumOptions options;
  private final DoubleView constraintForces;

  /** Makes two poles on a cart. */
  public InvertedDoublePendulum(InvertedDoublePendulumOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private InvertedDoublePendulum(
      InvertedDoublePendulumOptions options, MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of(
                "InvertedDoublePendulum-v5",
                unbounded(2 * simulation.nq() + simulation.nv()),
                simulation.actionSpace())
            .withLegend(
                Models.legend(
                    simulation,
                    "the cart's place, sines and cosines of the joints, velocities, and the force on the cart",
                    "Each step pays 10, less what the tip is away from upright and the joints are fast; a fall ends the episode.",
                    "force on the cart"))
            .withMaxEpisodeSteps(1000)
            .withDiagnostics("reward_survive", "distance_penalty", "velocity_penalty"),
        simulation,
        options.frameSkip(),
        0);
    this.options = options;
    this.constraintForces = simulation.data("qfrc_constraint", simulation.nv());
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocitiesNormally(random, options.resetNoiseScale());
  }

  @Override
  protected void observe(Observation observation) {
    MujocoSimulation simulation = simulation();
    int at = 0;
    observation.set(at++, simulation.qpos(0));
    for (int i = 1; i < simulation.nq(); i++) {
      observation.set(at++, Trig.sin(simulation.qpos(i)));
    }
    for (int i = 1; i < simulation.nq(); i++) {
      observation.set(at++, Trig.cos(simulation.qpos(i)));
    }
    for (int i = 0; i < simulation.nv(); i++) {
      observation.set(at++, Math.clamp(simulation.qvel(i), -LIMIT, LIMIT));
    }
    observation.set(at, Math.clamp(constraintForces.get(0), -LIMIT, LIMIT));
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double x = simulation().sitePosition(TIP, 0);
    double y = simulation().sitePosition(TIP, 2);
    double v1 = simulation().qvel(1);
    double v2 = simulation().qvel(2);
    boolean fallen = y <= 1;
    double distancePenalty = 0.01 * (x * x) + (y - 2) * (y - 2);
    double velocityPenalty = 0.001 * (v1 * v1) + 0.005 * (v2 * v2);
    double alive = fallen ? 0 : options.healthyReward();
    outcome.reward(alive - distancePenalty - velocityPenalty);
    if (fallen) {
      outcome.terminate();
    }
    outcome.diagnostic(0, alive);
    outcome.diagnostic(1, -distancePenalty);
    outcome.diagnostic(2, -velocityPenalty);
  }
}
