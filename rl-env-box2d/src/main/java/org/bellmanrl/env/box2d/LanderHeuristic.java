package org.bellmanrl.env.box2d;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;

/**
 * Lands {@code LunarLander-v3} and its continuous form by two proportional-derivative controllers:
 * one turns the craft towards the pad, the other keeps its height proportional to its distance from
 * the pad. The gains are those of the heuristic that comes with Gymnasium.
 */
final class LanderHeuristic extends Policy.Scripted {
  private static final int WIDTH = 8;
  private static final double DEAD_ZONE = 0.05;
  private static final double MOST_TILT = 0.4;

  private final boolean continuous;

  LanderHeuristic(EnvironmentSpec spec) {
    if (!spec.name().startsWith("LunarLander")) {
      throw new IllegalArgumentException(
          "this policy is for LunarLander-v3 and LunarLanderContinuous-v3, was given "
              + spec.name());
    }
    this.continuous = spec.actionSpace() instanceof Box;
  }

  @Override
  protected void act(Observations observations, int row, RandomStream random, Columns actions) {
    float[] s = observations.values().floats();
    int at = row * WIDTH;
    boolean landed = s[at + 6] > 0 || s[at + 7] > 0;
    double tilt = Math.clamp(0.5 * s[at] + s[at + 2], -MOST_TILT, MOST_TILT);
    double height = 0.55 * Math.abs(s[at]);
    double turn = landed ? 0 : 0.5 * (tilt - s[at + 4]) - s[at + 5];
    double lift = landed ? -0.5 * s[at + 3] : 0.5 * (height - s[at + 1]) - 0.5 * s[at + 3];
    if (continuous) {
      actions.floats()[2 * row] = (float) Math.clamp(20 * lift - 1, -1, 1);
      actions.floats()[2 * row + 1] = (float) Math.clamp(-20 * turn, -1, 1);
    } else {
      actions.ints()[row] = engine(turn, lift);
    }
  }

  private static int engine(double turn, double lift) {
    if (lift > Math.abs(turn) && lift > DEAD_ZONE) {
      return 2;
    }
    return turn < -DEAD_ZONE ? 3 : turn > DEAD_ZONE ? 1 : 0;
  }
}
