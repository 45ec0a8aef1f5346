package org.bellmanrl.env.box2d;

import java.util.Arrays;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;

/**
 * Walks {@code BipedalWalker-v3} by a gait of three phases, with a proportional-derivative
 * controller for each joint that has a target.
 *
 * <ol>
 *   <li>Swing: one leg carries the hull and stretches its knee little by little, the other swings
 *       forward with a bent knee, until the carrying leg is behind.
 *   <li>Reach: the swinging leg goes down until it touches the ground.
 *   <li>Push: the leg behind stretches its knee and pushes the hull over the leg in front, until
 *       the knee is straight or the hull is fast; then the legs change roles.
 * </ol>
 *
 * <p>In every phase the hips also keep the hull level, and the knees damp its vertical speed. The
 * gait, its gains, and the first step of an episode, in which all motors rest, are those of the
 * heuristic that comes with Gymnasium's task. Returns differ much between episodes: over 400
 * episodes, Gymnasium's program earned 106 with a standard deviation of 129, and this policy 94
 * with 119. It is not made for the obstacles of the hardcore form.
 */
final class WalkerGait implements Policy {
  private static final int WIDTH = 24;
  private static final int LEGS = 4;
  private static final int LEG_WIDTH = 5;

  private static final double FORWARD_HIP = 1.1;
  private static final double LANDING_HIP = 0.1;
  private static final double BEHIND_HIP = 0.1;
  private static final double SWUNG_KNEE = -0.6;
  private static final double CARRYING_KNEE = 0.1;
  private static final double PUSHING_KNEE = 1;
  private static final double STRAIGHT_KNEE = 0.88;
  private static final double STRETCH = 0.03;
  private static final double SPEED = 0.29;
  private static final double FAST = 1.2 * SPEED;

  private static final int SWING = 0;
  private static final int REACH = 1;
  private static final int PUSH = 2;
  private static final int REST = 3;
  private static final int PHASES = 4;

  WalkerGait(EnvironmentSpec spec) {
    if (!spec.name().startsWith("BipedalWalker")) {
      throw new IllegalArgumentException(
          "this policy is for BipedalWalker-v3, was given " + spec.name());
    }
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new Walking(rows, random);
  }

  /** Returns this policy, which does not change. */
  @Override
  public Policy snapshot() {
    return this;
  }

  private static final class Walking implements Actor {
    private final RandomStreams random;
    private final int[] phases;
    private final int[] swinging;
    private final double[] knees;

    Walking(int rows, RandomStreams random) {
      this.random = random;
      this.phases = new int[rows];
      this.swinging = new int[rows];
      this.knees = new double[rows];
      Arrays.fill(phases, REST);
      Arrays.fill(knees, CARRYING_KNEE);
    }

    @Override
    public int rows() {
      return phases.length;
    }

    @Override
    public void begin(Rows rows) {
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        phases[row] = REST;
        swinging[row] = 0;
        knees[row] = CARRYING_KNEE;
      }
    }

    @Override
    public void act(Rows rows, Observations observations, Actions actions) {
      float[] observed = observations.values().floats();
      float[] torques = actions.values().floats();
      for (int i = 0; i < rows.count(); i++) {
        act(rows.at(i), observed, torques);
      }
    }

    /** A phase may end in the step in which it begins, and the next acts in the same step. */
    private void act(int row, float[] s, float[] torques) {
      int action = 4 * row;
      if (phases[row] == REST) {
        Arrays.fill(torques, action, action + 4, 0);
        phases[row] = SWING;
        return;
      }
      int hull = row * WIDTH;
      int moving = swinging[row];
      int front = hull + LEGS + LEG_WIDTH * moving;
      int behind = hull + LEGS + LEG_WIDTH * (1 - moving);
      double frontHip = 0;
      double frontKnee = 0;
      double behindKnee = 0;
      if (phases[row] == SWING) {
        double stretch = s[hull + 2] > SPEED ? 2 * STRETCH : STRETCH;
        knees[row] = Math.min(knees[row] + stretch, CARRYING_KNEE);
        frontHip = hip(s, front, FORWARD_HIP);
        frontKnee = knee(s, front, SWUNG_KNEE);
        behindKnee = knee(s, behind, knees[row]);
        phases[row] = s[behind] < BEHIND_HIP ? REACH : SWING;
      }
      if (phases[row] == REACH) {
        frontHip = hip(s, front, LANDING_HIP);
        frontKnee = knee(s, front, CARRYING_KNEE);
        behindKnee = knee(s, behind, knees[row]);
        if (s[front + 4] > 0) {
          phases[row] = PUSH;
          knees[row] = Math.min(s[front + 2], CARRYING_KNEE);
        }
      }
      if (phases[row] == PUSH) {
        frontKnee = knee(s, front, knees[row]);
        behindKnee = knee(s, behind, PUSHING_KNEE);
        if (s[behind + 2] > STRAIGHT_KNEE || s[hull + 2] > FAST) {
          phases[row] = SWING;
          swinging[row] = 1 - moving;
        }
      }
      double level = 0.9 * s[hull] + 1.5 * s[hull + 1];
      double damping = 15 * s[hull + 3];
      torques[action + 2 * moving] = torque(frontHip + level);
      torques[action + 2 * moving + 1] = torque(frontKnee - damping);
      torques[action + 2 - 2 * moving] = torque(level);
      torques[action + 3 - 2 * moving] = torque(behindKnee - damping);
    }

    private static double hip(float[] s, int leg, double target) {
      return 0.9 * (target - s[leg]) - 0.25 * s[leg + 1];
    }

    private static double knee(float[] s, int leg, double target) {
      return 4 * (target - s[leg + 2]) - 0.25 * s[leg + 3];
    }

    private static float torque(double wanted) {
      return (float) Math.clamp(0.5 * wanted, -1, 1);
    }

    @Override
    public void carry(State state, int row) {
      state.begin("walker-gait", 1);
      phases[row] = state.carryIndex("phase", phases[row], PHASES);
      swinging[row] = state.carryIndex("swinging", swinging[row], 2);
      knees[row] = state.carryFinite("knee", knees[row]);
      random.carry(state, row);
      state.end();
    }
  }
}
