package org.bellmanrl.env.raycast;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;

/**
 * Hold out in the middle of a round arena against monsters that come from everywhere, after
 * ViZDoom's {@code defend_the_center}.
 *
 * <p>Five monsters come to bite; one shot kills one, and after a while it comes back from somewhere
 * along the wall. The buttons are turn left, turn right and attack. A kill pays 1 and the player's
 * death, which 26 shots can only put off, costs 1 and ends the episode, which is cut after 2,100
 * tics.
 */
public final class DefendTheCenter extends RaycastEnvironment {
  private static final RaycastBatch.Task TASK =
      new RaycastBatch.Task(
          "DefendTheCenter",
          2100,
          Rules::new,
          "A kill pays 1, death costs 1 and ends the episode.",
          Game.TURN_LEFT,
          Game.TURN_RIGHT,
          Game.ATTACK);

  /** An episode of {@code raycast/DefendTheCenter-v1}. */
  public DefendTheCenter(RaycastOptions options) {
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
    private static final int MONSTERS = 5;
    private static final double RADIUS = 8.5;
    private static final double MIDDLE = 10;
    private static final double SPAWN_RADIUS = 7.3;
    private static final int AMMO = 26;
    private static final int RETURN = 80;
    private static final double SLOWEST = 0.03;
    private static final double FASTER = 0.006;
    private static final double REACH = 0.9;
    private static final int BITE = 4;
    private static final int BITE_INTERVAL = 20;

    private static final Grid ARENA =
        new Grid(
            arena(),
            new byte[][] {Textures.blocks(Palette.TEAL), Textures.bricks(Palette.RED)},
            Textures.rubble(Palette.SAND),
            Textures.sky(),
            true);

    Rules() {
      super(ARENA, MONSTERS, true, MIDDLE, MIDDLE);
    }

    private static String[] arena() {
      int side = (int) (2 * MIDDLE);
      String[] lines = new String[side];
      for (int y = 0; y < side; y++) {
        StringBuilder line = new StringBuilder();
        for (int x = 0; x < side; x++) {
          double dx = x + 0.5 - MIDDLE;
          double dy = y + 0.5 - MIDDLE;
          boolean open = dx * dx + dy * dy < RADIUS * RADIUS;
          line.append(open ? '.' : (x + y) % 4 == 0 ? 'b' : 'a');
        }
        lines[y] = line.toString();
      }
      return lines;
    }

    @Override
    void begin(RandomStream random) {
      place(MIDDLE, MIDDLE, random.integers(Circle.TURN));
      ammo = AMMO;
      for (int i = 0; i < MONSTERS; i++) {
        spawn(i, random);
      }
    }

    private void spawn(int monster, RandomStream random) {
      int from = random.integers(Circle.TURN);
      put(
          monster,
          ThingKind.BEAST,
          MIDDLE + SPAWN_RADIUS * Circle.cos(from),
          MIDDLE + SPAWN_RADIUS * Circle.sin(from),
          1,
          0);
    }

    @Override
    double tic(int hit, RandomStream random) {
      double reward = 0;
      if (hit >= 0) {
        kills++;
        reward++;
        remove(hit, RETURN);
      }
      for (int i = 0; i < MONSTERS; i++) {
        timer[i] -= timer[i] > 0 ? 1 : 0;
        if (kind[i] == ThingKind.NONE.code) {
          if (timer[i] == 0) {
            spawn(i, random);
          }
        } else if (distance(i) > REACH) {
          approach(i, SLOWEST + i * FASTER);
        } else if (timer[i] == 0) {
          timer[i] = BITE_INTERVAL;
          hurt(random.integers(1, 4) * BITE);
        }
      }
      return over() ? reward - 1 : reward;
    }
  }
}
