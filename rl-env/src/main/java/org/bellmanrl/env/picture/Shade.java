package org.bellmanrl.env.picture;

import java.util.Arrays;

/**
 * Which solids may darken which part of the ground, by squares of the ground. Most of the ground is
 * in the open, and under a body with many parts few of them matter to any one place.
 */
final class Shade {
  /**
   * From this on, as a multiple of its bulk, the squared distance of a solid makes no difference.
   */
  static final double FAR = 36;

  private static final double SQUARE = 0.125;

  /** Slots along either axis, a power of two. */
  private static final int SIDE = 32;

  private static final int[] NONE = {};

  /**
   * The slots repeat over the ground: solids of a square in another place are looked at in vain.
   */
  private final int[][] near = new int[SIDE * SIDE][];

  Shade(Solid[] solids) {
    Arrays.fill(near, NONE);
    for (int i = 0; i < solids.length; i++) {
      Solid solid = solids[i];
      add(i, solid.x, solid.z, Math.sqrt(FAR * solid.bulk));
      double along = solid.y / Scenery.SUN_Y;
      add(
          i,
          solid.x - along * Scenery.SUN_X,
          solid.z - along * Scenery.SUN_Z,
          solid.bound / Scenery.SUN_Y);
    }
  }

  private void add(int solid, double x, double z, double radius) {
    // What is wider than all slots together is in each of them.
    boolean wide = 2 * radius > (SIDE - 1) * SQUARE;
    int firstX = square(x - radius);
    int firstZ = square(z - radius);
    for (int i = firstX; i <= (wide ? firstX + SIDE - 1 : square(x + radius)); i++) {
      for (int j = firstZ; j <= (wide ? firstZ + SIDE - 1 : square(z + radius)); j++) {
        double awayX = Math.clamp(x, i * SQUARE, (i + 1) * SQUARE) - x;
        double awayZ = Math.clamp(z, j * SQUARE, (j + 1) * SQUARE) - z;
        int[] there = near[slot(i, j)];
        boolean last = there.length > 0 && there[there.length - 1] == solid;
        if (!last && (wide || awayX * awayX + awayZ * awayZ < radius * radius)) {
          int[] more = Arrays.copyOf(there, there.length + 1);
          more[there.length] = solid;
          near[slot(i, j)] = more;
        }
      }
    }
  }

  /** The solids that may darken a place of the ground. */
  int[] at(double x, double z) {
    return near[slot(square(x), square(z))];
  }

  private static int square(double place) {
    return (int) Math.floor(place / SQUARE);
  }

  private static int slot(int i, int j) {
    return (i & (SIDE - 1)) * SIDE + (j & (SIDE - 1));
  }
}
