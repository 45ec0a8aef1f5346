package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Balance a pole on a cart.
 *
 * <p>The observation is the cart's place in m, the pole's angle in rad, and their velocities. The
 * action is a force on the cart in [−3, 3]. Each step is worth 1. An episode ends, with a step
 * worth 0, when the pole is inclined by more than 0.2 rad. It has at most 1000 steps of 0.04 s.
 *
 * <p>Gymnasium 1.3.0's {@code InvertedPendulum-v5}, after Barto, Sutton and Anderson (1983).
 */
public final class InvertedPendulum extends MujocoEnvironment {
  private static final double MOST_ANGLE = 0.2;

  private final InvertedPendulumOptions options;

  /** Makes a pole on a cart. */
  public InvertedPendulum(InvertedPendulumOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private InvertedPendulum(InvertedPendulumOptions options, MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of(
                "InvertedPendulum-v5",
                unbounded(simulation.nq() + simulation.nv()),
                Models.actionSpace(
                    simulation, options.xmlFile().equals(InvertedPendulumOptions.MODEL), 3))
            .withLegend(
                Models.legend(
                    simulation,
                    "the cart's place in m, the pole's angle in rad, and their velocities",
                    "Each step pays 1 while the pole is within 0.2 rad.",
                    "force on the cart"))
            .withMaxEpisodeSteps(1000),
        simulation,
        options.frameSkip(),
        0);
    this.options = options;
  }

  @Override
  protected void initialize(RandomStream random) {
    perturbPositions(random, options.resetNoiseScale());
    perturbVelocities(random, options.resetNoiseScale());
  }

  @Override
  protected void observe(Observation observation) {
    observeMotion(observation, 0, Double.POSITIVE_INFINITY);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    boolean upright = Math.abs(simulation().qpos(1)) <= MOST_ANGLE;
    for (int i = 0; i < simulation().nq(); i++) {
      upright &= Double.isFinite(simulation().qpos(i));
    }
    for (int i = 0; i < simulation().nv(); i++) {
      upright &= Double.isFinite(simulation().qvel(i));
    }
    if (upright) {
      outcome.reward(1);
    } else {
      outcome.terminate();
    }
  }
}
