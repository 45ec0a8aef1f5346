package org.bellmanrl.env.mujoco;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.GoalReward;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.env.math.Trig;

/**
 * Reach for a target with the arm of {@link Reacher}, where only being there is rewarded.
 *
 * <p>The observation is the cosines and the sines of the two joints' angles and the joints'
 * velocities; what is achieved is x and y of the fingertip, what is desired x and y of the target,
 * in m. The actions are 2 torques in [−1, 1]. A step costs 1 unless the fingertip is within {@code
 * radius} of the target behind it. An episode never ends by itself; it has 50 steps of 0.02 s.
 *
 * <p>In the manner of the reach tasks of Plappert et al., <i>Multi-Goal Reinforcement Learning</i>,
 * 2018, on Gymnasium's Reacher.
 */
public final class ReacherGoal extends TwoSegmentArm implements GoalReward {
  /** The id of this task. */
  static final String ID = "ReacherGoal-v1";

  private static final int ACHIEVED_PART = 0;
  private static final int DESIRED_PART = 1;
  private static final int OBSERVATION_PART = 2;

  private final double radius;

  /** Makes an arm. */
  public ReacherGoal(Options options) {
    this(options, Models.load(options.xmlFile()));
  }

  private ReacherGoal(Options options, MujocoSimulation simulation) {
    super(
        EnvironmentSpec.of(
                ID, GoalReward.space(unbounded(3 * JOINTS), unbounded(2)), simulation.actionSpace())
            .withLegend(
                Models.legend(
                    simulation,
                    "x and y of the fingertip and of the target, cosines and sines of the joints, and their velocities",
                    "A step costs 1 unless the fingertip is at the target behind it.",
                    "shoulder",
                    "elbow"))
            .withMaxEpisodeSteps(50)
            .continuing(),
        simulation,
        options.frameSkip());
    this.radius = options.radius();
  }

  /**
   * The options.
   *
   * @param xmlFile the model: one of Gymnasium's, or a path
   * @param frameSkip steps of the simulation in a step of the task
   * @param radius how near the target must be, in m, above 0
   */
  @RecordBuilder
  public record Options(
      @Described("model file: one of Gymnasium's, or a path") String xmlFile,
      @Described(value = "steps of the simulation in a step", range = Require.AT_LEAST_ONE)
          int frameSkip,
      @Described(value = "how near the target must be, in m", range = Require.POSITIVE)
          double radius)
      implements ReacherGoalOptionsBuilder.With {
    public Options {
      Require.atLeast("frame_skip", frameSkip, 1);
      Require.positive("radius", radius);
    }

    /** The model and frame skip of {@link Reacher}, and 2 cm. */
    public static Options defaults() {
      ReacherOptions reacher = ReacherOptions.defaults();
      return new Options(reacher.xmlFile(), reacher.frameSkip(), 0.02);
    }
  }

  @Override
  protected void observe(Observation observation) {
    MujocoSimulation simulation = simulation();
    for (int i = 0; i < JOINTS; i++) {
      observation.setOf(OBSERVATION_PART, i, Trig.cos(simulation.qpos(i)));
      observation.setOf(OBSERVATION_PART, JOINTS + i, Trig.sin(simulation.qpos(i)));
      observation.setOf(OBSERVATION_PART, 2 * JOINTS + i, simulation.qvel(i));
    }
    for (int axis = 0; axis < 2; axis++) {
      observation.setOf(ACHIEVED_PART, axis, simulation.bodyPosition(fingertip, axis));
      observation.setOf(DESIRED_PART, axis, simulation.bodyPosition(target, axis));
    }
  }

  @Override
  protected void evaluate(Action action, Outcome outcome) {
    MujocoSimulation simulation = simulation();
    outcome.reward(
        reward(
            (float) simulation.bodyPosition(fingertip, 0),
            (float) simulation.bodyPosition(fingertip, 1),
            (float) simulation.bodyPosition(target, 0),
            (float) simulation.bodyPosition(target, 1)));
  }

  /** By the numbers that observations show. */
  private double reward(float x, float y, float toX, float toY) {
    double awayX = (double) x - toX;
    double awayY = (double) y - toY;
    return awayX * awayX + awayY * awayY <= radius * radius ? 0 : -1;
  }

  @Override
  public double reward(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    return reward(
        achieved[achievedAt], achieved[achievedAt + 1], desired[desiredAt], desired[desiredAt + 1]);
  }

  @Override
  public boolean terminates(float[] achieved, int achievedAt, float[] desired, int desiredAt) {
    return false;
  }
}
