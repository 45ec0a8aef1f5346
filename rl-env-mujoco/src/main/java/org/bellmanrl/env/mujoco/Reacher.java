package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.env.math.Trig;

/**
 * Reach for a target with an arm of two segments.
 *
 * <p>The observation is the cosines and the sines of the two joints' angles, the target's x and y,
 * the joints' velocities, and x and y from the target to the fingertip. The actions are 2 torques
 * in [−1, 1]. The reward is minus the distance to the target in m, less the sum of the squared
 * torques. An episode never ends by itself; it has at most 50 steps of 0.02 s.
 *
 * <p>Gymnasium 1.3.0's {@code Reacher-v5}. Diagnostics: {@code reward_dist}, {@code reward_ctrl}.
 */
public final class Reacher extends TwoSegmentArm {
  private final ReacherOptions options;

  /** Makes an arm. */
  public Reacher(ReacherOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Reacher(ReacherOptions options, MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of(
                "Reacher-v5",
                unbounded(2 * JOINTS + simulation.nq() - JOINTS + JOINTS + 2),
                simulation.actionSpace())
            .withLegend(
                Models.legend(
                    simulation,
                    "cosines and sines of the joints, the target's x and y, the joints' velocities, and the way from the target to the fingertip",
                    "Minus the distance to the target in m, less the squared torques.",
                    "shoulder",
                    "elbow"))
            .withMaxEpisodeSteps(50)
            .withDiagnostics("reward_dist", "reward_ctrl")
            .continuing(),
        simulation,
        options.frameSkip());
    this.options = options;
  }

  @Override
  protected void observe(Observation observation) {
    MujocoSimulation simulation = simulation();
    int at = 0;
    for (int i = 0; i < JOINTS; i++) {
      observation.set(at++, Trig.cos(simulation.qpos(i)));
    }
    for (int i = 0; i < JOINTS; i++) {
      observation.set(at++, Trig.sin(simulation.qpos(i)));
    }
    for (int i = JOINTS; i < simulation.nq(); i++) {
      observation.set(at++, simulation.qpos(i));
    }
    for (int i = 0; i < JOINTS; i++) {
      observation.set(at++, simulation.qvel(i));
    }
    observation.set(at++, away(0));
    observation.set(at, away(1));
  }

  private double away(int axis) {
    return simulation().bodyPosition(fingertip, axis) - simulation().bodyPosition(target, axis);
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double distance = -simulation().distance(fingertip, target) * options.rewardDistWeight();
    float control = -squared(action) * (float) options.rewardControlWeight();
    outcome.reward(distance + control);
    outcome.diagnostic(0, distance);
    outcome.diagnostic(1, control);
  }
}
