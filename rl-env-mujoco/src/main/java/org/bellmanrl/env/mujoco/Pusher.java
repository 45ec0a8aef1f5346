package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.random.RandomStream;

/**
 * Push a cylinder to a goal with an arm of seven joints.
 *
 * <p>The observation is the 7 joints' angles and velocities, and x, y and z of the fingertip, the
 * object and the goal. The actions are 7 torques in [−2, 2]. The reward is minus the distance
 * between object and goal in m, less half of that between fingertip and object and 0.1 times the
 * sum of the squared torques. An episode never ends by itself; it has at most 100 steps of 0.05 s.
 *
 * <p>Gymnasium 1.3.0's {@code Pusher-v5}. Diagnostics: {@code reward_dist}, {@code reward_ctrl},
 * {@code reward_near}.
 */
public final class Pusher extends MujocoEnvironment {
  private static final int JOINTS = 7;

  /** Nearest that an object begins to the goal, in m. */
  private static final double NEAREST = 0.17;

  private final PusherOptions options;
  private final int fingertip;
  private final int object;
  private final int goal;

  /** Makes an arm. */
  public Pusher(PusherOptions options) {
    this(options, Models.load(options.xmlFile()));
  }

  private Pusher(PusherOptions options, MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of("Pusher-v5", unbounded(2 * JOINTS + 9), simulation.actionSpace())
            .withLegend(
                Models.legend(
                    simulation,
                    "angles and velocities of the 7 joints, and x, y and z of fingertip, object and goal",
                    "Minus the distance between object and goal in m, less half of that to the fingertip and 0.1 times the squared torques.",
                    "shoulder pan",
                    "shoulder lift",
                    "upper arm roll",
                    "elbow flex",
                    "forearm roll",
                    "wrist flex",
                    "wrist roll"))
            .withMaxEpisodeSteps(100)
            .withDiagnostics("reward_dist", "reward_ctrl", "reward_near")
            .continuing(),
        simulation,
        options.frameSkip(),
        0);
    this.options = options;
    this.fingertip = simulation.body("tips_arm");
    this.object = simulation.body("object");
    this.goal = simulation.body("goal");
  }

  @Override
  protected void initialize(RandomStream random) {
    MujocoSimulation simulation = simulation();
    int nq = simulation.nq();
    int nv = simulation.nv();
    double x;
    double y;
    do {
      x = random.uniform(-0.3, 0);
      y = random.uniform(-0.2, 0.2);
    } while (!(Math.sqrt(x * x + y * y) > NEAREST));
    simulation.setQpos(nq - 4, x);
    simulation.setQpos(nq - 3, y);
    simulation.setQpos(nq - 2, 0);
    simulation.setQpos(nq - 1, 0);
    perturbVelocities(random, 0.005);
    for (int i = nv - 4; i < nv; i++) {
      simulation.setQvel(i, 0);
    }
  }

  @Override
  protected void observe(Observation observation) {
    for (int i = 0; i < JOINTS; i++) {
      observation.set(i, simulation().qpos(i));
      observation.set(JOINTS + i, simulation().qvel(i));
    }
    for (int axis = 0; axis < 3; axis++) {
      observation.set(2 * JOINTS + axis, simulation().bodyPosition(fingertip, axis));
      observation.set(2 * JOINTS + 3 + axis, simulation().bodyPosition(object, axis));
      observation.set(2 * JOINTS + 6 + axis, simulation().bodyPosition(goal, axis));
    }
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    double near = -simulation().distance(object, fingertip) * options.rewardNearWeight();
    double distance = -simulation().distance(object, goal) * options.rewardDistWeight();
    float control = -squared(action) * (float) options.rewardControlWeight();
    outcome.reward(distance + control + near);
    outcome.diagnostic(0, distance);
    outcome.diagnostic(1, control);
    outcome.diagnostic(2, near);
  }
}
