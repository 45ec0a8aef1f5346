package org.bellmanrl.env.box2d;

import java.util.Arrays;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;

/** The policies whose returns were measured in Gymnasium, and their returns here. */
final class Policies {
  private Policies() {}

  /** The return of one episode. */
  static double play(Environment environment, String policy, long seed) {
    Simulation simulation = new Simulation(environment);
    RandomStream random = RandomStream.ofSeed(10_000 + seed);
    boolean discrete = environment.spec().actionSpace() instanceof Discrete;
    boolean walker = environment instanceof BipedalWalker;
    boolean draws = policy.equals("random");
    WalkerHeuristic heuristic = new WalkerHeuristic();
    float[] action = new float[walker ? 4 : 2];
    simulation.reset(seed);
    while (!simulation.ended()) {
      float[] seen = simulation.observations().values().floats();
      if (discrete) {
        simulation.step(draws ? random.integers(4) : switched(seen));
        continue;
      }
      if (draws) {
        for (int i = 0; i < action.length; i++) {
          action[i] = (float) random.uniform(-1, 1);
        }
      } else if (!walker) {
        throttled(seen, action);
      }
      simulation.step(action);
      if (walker && !draws) {
        heuristic.act(simulation.observations().values().floats(), action);
      }
    }
    return simulation.episodeReturn();
  }

  /** What the craft should turn by and rise by: Gymnasium's PD control. */
  private static double[] todo(float[] s) {
    double aim = Math.clamp(s[0] * 0.5 + s[2], -0.4, 0.4);
    double turn = (aim - s[4]) * 0.5 - s[5];
    double rise = (0.55 * Math.abs(s[0]) - s[1]) * 0.5 - s[3] * 0.5;
    if (s[6] != 0 || s[7] != 0) {
      turn = 0;
      rise = -s[3] * 0.5;
    }
    return new double[] {turn, rise};
  }

  private static int switched(float[] seen) {
    double[] todo = todo(seen);
    if (todo[1] > Math.abs(todo[0]) && todo[1] > 0.05) {
      return 2;
    }
    return todo[0] < -0.05 ? 3 : todo[0] > 0.05 ? 1 : 0;
  }

  private static void throttled(float[] seen, float[] action) {
    double[] todo = todo(seen);
    action[0] = (float) Math.clamp(todo[1] * 20 - 1, -1.0, 1.0);
    action[1] = (float) Math.clamp(-todo[0] * 20, -1.0, 1.0);
  }

  /** Gymnasium's walk: stand on one leg, put the other down, push off. */
  static final class WalkerHeuristic {
    private static final double SPEED = 0.29;
    private static final double BENT = 0.1;

    private enum Phase {
      STAND,
      PUT_DOWN,
      PUSH_OFF
    }

    private Phase phase = Phase.STAND;
    private int moving;
    private double supportingKnee = BENT;

    void act(float[] s, float[] action) {
      int supporting = 1 - moving;
      int movingBase = 4 + 5 * moving;
      int supportingBase = 4 + 5 * supporting;
      double[] hips = {Double.NaN, Double.NaN};
      double[] knees = {Double.NaN, Double.NaN};
      int lifted = moving;
      if (phase == Phase.STAND) {
        hips[lifted] = 1.1;
        knees[lifted] = -0.6;
        supportingKnee += s[2] > SPEED ? 0.06 : 0.03;
        supportingKnee = Math.min(supportingKnee, BENT);
        knees[supporting] = supportingKnee;
        if (s[supportingBase] < 0.10) {
          phase = Phase.PUT_DOWN;
        }
      }
      if (phase == Phase.PUT_DOWN) {
        hips[lifted] = 0.1;
        knees[lifted] = BENT;
        knees[supporting] = supportingKnee;
        if (s[movingBase + 4] != 0) {
          phase = Phase.PUSH_OFF;
          supportingKnee = Math.min(s[movingBase + 2], BENT);
        }
      }
      if (phase == Phase.PUSH_OFF) {
        knees[lifted] = supportingKnee;
        knees[supporting] = 1.0;
        if (s[supportingBase + 2] > 0.88 || s[2] > 1.2 * SPEED) {
          phase = Phase.STAND;
          moving = 1 - moving;
        }
      }
      double[] todo = new double[4];
      for (int leg = 0; leg < 2; leg++) {
        int at = 4 + 5 * leg;
        if (!Double.isNaN(hips[leg])) {
          todo[2 * leg] = 0.9 * (hips[leg] - s[at]) - 0.25 * s[at + 1];
        }
        if (!Double.isNaN(knees[leg])) {
          todo[2 * leg + 1] = 4.0 * (knees[leg] - s[at + 2]) - 0.25 * s[at + 3];
        }
        todo[2 * leg] -= 0.9 * (0 - s[0]) - 1.5 * s[1];
        todo[2 * leg + 1] -= 15.0 * s[3];
      }
      Arrays.setAll(todo, i -> Math.clamp(0.5 * todo[i], -1.0, 1.0));
      for (int i = 0; i < action.length; i++) {
        action[i] = (float) todo[i];
      }
    }
  }
}
