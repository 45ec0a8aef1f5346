package org.bellmanrl.env.raycast;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;

/**
 * Find a vest in a maze of eight rooms and a corridor without an exit, after ViZDoom's {@code
 * my_way_home}.
 *
 * <p>Every room has its own walls. The vest lies always in the same one; the player begins in any
 * room, facing any way. The buttons are turn left, turn right and move forward. A tic costs 0.0001,
 * and the vest pays 1 and ends the episode, which is cut after 2,100 tics.
 */
public final class MyWayHome extends RaycastEnvironment {
  private static final RaycastBatch.Task TASK =
      new RaycastBatch.Task(
          "MyWayHome",
          2100,
          Rules::new,
          "A tic costs 0.0001, the vest pays 1 and ends the episode.",
          Game.TURN_LEFT,
          Game.TURN_RIGHT,
          Game.MOVE_FORWARD);

  /** An episode of {@code raycast/MyWayHome-v1}. */
  public MyWayHome(RaycastOptions options) {
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
    private static final double TIC = -0.0001;
    private static final double VEST = 1;

    private static final Grid MAZE =
        new Grid(
            new String[] {
              "aaaaaabbbbbbcccccc",
              "a....ab....bc....c",
              "a....ab....bc....c",
              "a..............c.c",
              "a....ab....bc....c",
              "aa.aaabbb.bbcccccc",
              "dd.dddeee.eeffffff",
              "d....de....ef....f",
              "d....de....ef....f",
              "d....de..........f",
              "d....de....ef....f",
              "dd.dddee.eeeff.fff",
              "ii.iiigg.ggghh.hhh",
              "ii.iiig....gh....h",
              "ii.iiig....gh....h",
              "ii.iiig....gh....h",
              "iiiiiig....gh....h",
              "iiiiiigggggghhhhhh"
            },
            new byte[][] {
              Textures.bricks(Palette.RED),
              Textures.blocks(Palette.GREEN),
              Textures.panels(Palette.BLUE),
              Textures.planks(Palette.BROWN),
              Textures.bricks(Palette.YELLOW),
              Textures.stripes(Palette.MAGENTA),
              Textures.blocks(Palette.CYAN),
              Textures.panels(Palette.ORANGE),
              Textures.blocks(Palette.GREY)
            },
            Textures.tiles(Palette.GREY),
            Textures.rubble(Palette.GREY),
            false);

    /** The middles of the rooms. */
    private static final double[][] ROOMS = {
      {3, 3}, {9, 3}, {14, 3}, {3, 9}, {9, 9}, {14.5, 9}, {9, 15}, {15, 15}
    };

    Rules() {
      super(MAZE, 1, false, ROOMS[0][0], ROOMS[0][1]);
    }

    @Override
    void begin(RandomStream random) {
      double[] room = ROOMS[random.integers(ROOMS.length)];
      place(room[0], room[1], random.integers(Circle.TURN));
      put(0, ThingKind.VEST, 16.3, 3.5, 0, 0);
    }

    @Override
    double tic(int hit, RandomStream random) {
      if (touches(0)) {
        end();
        return TIC + VEST;
      }
      return TIC;
    }
  }
}
