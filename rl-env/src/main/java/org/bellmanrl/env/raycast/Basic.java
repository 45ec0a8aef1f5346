package org.bellmanrl.env.raycast;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;

/**
 * Shoot the monster at the other side of a room, after ViZDoom's {@code basic}.
 *
 * <p>The monster stands still at a random place along the wall; one shot kills it. The buttons are
 * move left, move right and attack. A tic costs 1, a shot 5, and the kill pays 106 and ends the
 * episode, which is cut after 300 tics.
 */
public final class Basic extends RaycastEnvironment {
  private static final RaycastBatch.Task TASK =
      new RaycastBatch.Task(
          "Basic",
          300,
          Rules::new,
          "A tic costs 1, a shot 5, and the kill pays 106 and ends the episode.",
          Game.MOVE_LEFT,
          Game.MOVE_RIGHT,
          Game.ATTACK);

  /** An episode of {@code raycast/Basic-v1}. */
  public Basic(RaycastOptions options) {
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
    private static final int WIDTH = 9;
    private static final Grid ROOM =
        new Grid(
            new String[] {
              "aaaaaaaaaaa",
              "b.........b",
              "b.........b",
              "b.........b",
              "b.........b",
              "b.........b",
              "aaaaaaaaaaa"
            },
            new byte[][] {Textures.blocks(Palette.GREY), Textures.bricks(Palette.SAND)},
            Textures.tiles(Palette.BROWN),
            Textures.panels(Palette.TEAL),
            false);
    private static final int AMMO = 50;
    private static final double TIC = -1;
    private static final double SHOT = -5;
    private static final double KILL = 106;

    Rules() {
      super(ROOM, 1, true, 1 + WIDTH / 2.0, 5.5);
    }

    @Override
    void begin(RandomStream random) {
      place(1 + WIDTH / 2.0, 5.5, 3 * Circle.TURN / 4);
      ammo = AMMO;
      put(0, ThingKind.BALL, random.uniform(1.5, WIDTH + 0.5), 1.5, 1, 0);
    }

    @Override
    double tic(int hit, RandomStream random) {
      double reward = TIC;
      if (hit != NOT_FIRED) {
        reward += SHOT;
      }
      if (hit >= 0) {
        reward += KILL;
        kills++;
        remove(hit, 0);
        end();
      }
      return reward;
    }
  }
}
