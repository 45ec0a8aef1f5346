package org.bellmanrl.env.raycast;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;

/**
 * Stay alive on a floor of acid by collecting medkits, after ViZDoom's {@code health_gathering}.
 *
 * <p>The acid takes 8 of 100 points of health every 24 tics, a medkit gives 25 back. Some lie there
 * at the start and more keep coming. The buttons are turn left, turn right and move forward. A tic
 * pays 1 and the player's death costs 100 and ends the episode, which is cut after 2,100 tics.
 */
public final class HealthGathering extends RaycastEnvironment {
  private static final RaycastBatch.Task TASK =
      new RaycastBatch.Task(
          "HealthGathering",
          2100,
          Rules::new,
          "A tic pays 1, death costs 100 and ends the episode.",
          Game.TURN_LEFT,
          Game.TURN_RIGHT,
          Game.MOVE_FORWARD);

  /** An episode of {@code raycast/HealthGathering-v1}. */
  public HealthGathering(RaycastOptions options) {
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
    private static final int SIDE = 14;
    private static final int MOST_MEDKITS = 16;
    private static final int MEDKITS = 10;
    private static final int NEXT_MEDKIT = 30;
    private static final int CURE = 25;
    private static final int BURN = 8;
    private static final int BURN_INTERVAL = 24;
    private static final double DEATH = -100;

    private static final Grid ROOM =
        new Grid(
            room(),
            new byte[][] {Textures.panels(Palette.GREY), Textures.stripes(Palette.YELLOW)},
            Textures.acid(),
            Textures.panels(Palette.BLUE),
            false);

    Rules() {
      super(ROOM, MOST_MEDKITS, false, 1 + SIDE / 2.0, 1 + SIDE / 2.0);
    }

    private static String[] room() {
      String[] lines = new String[SIDE + 2];
      for (int y = 0; y < lines.length; y++) {
        boolean edge = y == 0 || y == SIDE + 1;
        lines[y] = edge ? "ab".repeat(SIDE / 2 + 1) : "a" + ".".repeat(SIDE) + "a";
      }
      return lines;
    }

    @Override
    void begin(RandomStream random) {
      place(1 + SIDE / 2.0, 1 + SIDE / 2.0, random.integers(Circle.TURN));
      for (int i = 0; i < MEDKITS; i++) {
        drop(i, random);
      }
    }

    private void drop(int medkit, RandomStream random) {
      double atX = random.uniform(1.5, SIDE + 0.5);
      double atY = random.uniform(1.5, SIDE + 0.5);
      put(medkit, ThingKind.MEDKIT, atX, atY, 0, 0);
    }

    @Override
    double tic(int hit, RandomStream random) {
      int free = -1;
      for (int i = 0; i < MOST_MEDKITS; i++) {
        if (kind[i] == ThingKind.NONE.code) {
          free = i;
        } else if (touches(i)) {
          health = Math.min(FULL_HEALTH, health + CURE);
          remove(i, 0);
        }
      }
      if (clock % NEXT_MEDKIT == 0 && free >= 0) {
        drop(free, random);
      }
      boolean dead = clock % BURN_INTERVAL == 0 && hurt(BURN);
      return dead ? DEATH : 1;
    }
  }
}
