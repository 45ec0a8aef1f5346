package org.bellmanrl.env.raycast;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;

/**
 * Reach a vest at the end of a corridor with soldiers in its alcoves, after ViZDoom's {@code
 * deadly_corridor}.
 *
 * <p>Six soldiers shoot at a player whom they see; who only runs is shot. The buttons are move
 * left, move right, attack, move forward, move backward, turn left and turn right. Coming closer to
 * the vest pays 64 for each cell, going away costs as much, and the player's death costs 100. The
 * episode ends with it or at the vest, and is cut after 2,100 tics.
 */
public final class Corridor extends RaycastEnvironment {
  private static final RaycastBatch.Task TASK =
      new RaycastBatch.Task(
          "Corridor",
          2100,
          Rules::new,
          "Coming closer to the vest pays 64 for each cell, going away costs as much, death costs 100.",
          Game.MOVE_LEFT,
          Game.MOVE_RIGHT,
          Game.ATTACK,
          Game.MOVE_FORWARD,
          Game.MOVE_BACKWARD,
          Game.TURN_LEFT,
          Game.TURN_RIGHT);

  /** An episode of {@code raycast/Corridor-v1}. */
  public Corridor(RaycastOptions options) {
    super(TASK, options);
  }

  /**
   * Many, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(RaycastOptions options, int rows) {
    return new RaycastBatch(TASK, options, rows);
  }

  private static final class Rules extends Game {
    private static final Grid CORRIDOR =
        new Grid(
            new String[] {
              "aaaaaaaaaaaaaaaaaaaaaaaa",
              "aaaab..baab..baab..baaaa",
              "a......................c",
              "a......................c",
              "a......................c",
              "aaaab..baab..baab..baaaa",
              "aaaaaaaaaaaaaaaaaaaaaaaa"
            },
            new byte[][] {
              Textures.blocks(Palette.GREY),
              Textures.panels(Palette.TEAL),
              Textures.stripes(Palette.GREEN)
            },
            Textures.rubble(Palette.GREY),
            Textures.panels(Palette.BROWN),
            false);

    private static final int SOLDIERS = 6;
    private static final int VEST = 6;
    private static final double VEST_X = 22.3;
    private static final double MIDDLE = 3.5;
    private static final double[] ALCOVES = {6, 12, 18};
    private static final int AMMO = 50;

    /** A shot of the player takes 5, 10 or 15. */
    private static final int SHOT = 5;

    private static final int SOLDIER_HEALTH = 15;

    /** A shot of a soldier takes 3, 6, 9 or 12 and hits the less often the farther he is. */
    private static final int WOUND = 3;

    private static final int SHORTEST_AIM = 8;
    private static final int LONGEST_AIM = 24;
    private static final double SUREST = 0.95;
    private static final double LESS_SURE = 0.08;
    private static final double LEAST_SURE = 0.25;

    private static final double PER_CELL = 64;
    private static final double DEATH = -100;

    Rules() {
      super(CORRIDOR, SOLDIERS + 1, true, 1.5, MIDDLE);
    }

    @Override
    void begin(RandomStream random) {
      place(1.5, MIDDLE, 0);
      ammo = AMMO;
      for (int i = 0; i < SOLDIERS; i++) {
        double side = i % 2 == 0 ? 1.6 : 5.4;
        put(i, ThingKind.SOLDIER, ALCOVES[i / 2], side, SOLDIER_HEALTH, aim(random));
      }
      put(VEST, ThingKind.VEST, VEST_X, MIDDLE, 0, 0);
    }

    private static int aim(RandomStream random) {
      return random.integers(SHORTEST_AIM, LONGEST_AIM + 1);
    }

    @Override
    double tic(int hit, RandomStream random) {
      double reward = 0;
      if (hit >= 0) {
        vigour[hit] = Math.max(0, vigour[hit] - SHOT * random.integers(1, 4));
        if (vigour[hit] == 0) {
          kills++;
          remove(hit, 0);
        }
      }
      for (int i = 0; i < SOLDIERS && !over(); i++) {
        if (kind[i] != ThingKind.NONE.code && sees(i)) {
          fire(i, random);
        }
      }
      reward += PER_CELL * (distanceBefore(VEST) - distance(VEST));
      if (over()) {
        reward += DEATH;
      } else if (touches(VEST)) {
        end();
      }
      return reward;
    }

    private void fire(int soldier, RandomStream random) {
      if (timer[soldier] > 0) {
        timer[soldier]--;
        return;
      }
      timer[soldier] = aim(random);
      double sure = Math.max(LEAST_SURE, SUREST - LESS_SURE * distance(soldier));
      if (random.random() < sure) {
        hurt(WOUND * random.integers(1, 5));
      }
    }
  }
}
