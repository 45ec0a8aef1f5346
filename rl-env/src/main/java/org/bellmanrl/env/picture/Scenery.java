package org.bellmanrl.env.picture;

/** The colours of ground and sky; linear light, written to three elements. */
final class Scenery {
  /** Where the sun is; of length 1. */
  static final double SUN_X = 0.48;

  static final double SUN_Y = 0.768;
  static final double SUN_Z = Math.sqrt(1 - 0.48 * 0.48 - 0.768 * 0.768);

  /** Beyond this distance, in metres, the ground is as good as out of sight. */
  private static final double HAZE = 42;

  private static final double DAISY_CELL = 0.42;

  /** By how much the tone of two neighbouring shades of grass differs. */
  private static final double BLADE_STEP = 0.12;

  /** Made when the first meadow is drawn. */
  private static final class Meadow {
    /** Where the grass is lush and where it is dry, in metres. */
    static final NoiseTile PATCHES =
        new NoiseTile(40, 256, 20, new NoiseTile.Octave(7, 0, 1), new NoiseTile.Octave(22, 0, 0.5));

    /** Tufts and blades; blades along turned axes, so that the lattice is not seen. */
    static final NoiseTile BLADES =
        new NoiseTile(
            4,
            512,
            1,
            new NoiseTile.Octave(6, 0, 0.34),
            new NoiseTile.Octave(13, 0, 0.20),
            new NoiseTile.Octave(52, 21, 0.55),
            new NoiseTile.Octave(24, -31, 0.55));
  }

  private Scenery() {}

  /**
   * The light that ground in the open returns.
   *
   * @param distance from the eye, which blurs what is small
   */
  static void ground(Ground ground, double x, double z, double distance, double[] into) {
    switch (ground) {
      case MEADOW -> meadow(x, z, distance, into);
      case FLOOR -> floor(x, z, distance, into);
    }
  }

  private static void meadow(double x, double z, double distance, double[] into) {
    double patches = Meadow.PATCHES.at(x, z);
    double near = 1 / (1 + 0.16 * distance * distance);
    // In steps, so that grass that is not close by is calm, and pictures of it are small files.
    double blades = Math.rint(near * Meadow.BLADES.at(x, z) / BLADE_STEP) * BLADE_STEP;
    double tone = 1 + 0.42 * patches + blades;
    double dry = 0.5 + 0.5 * patches;
    into[0] = (0.085 + 0.060 * dry) * tone;
    into[1] = (0.235 + 0.045 * dry) * tone;
    into[2] = 0.035 * tone;
    if (distance < 14) {
      daisy(x, z, into);
    }
  }

  private static void daisy(double x, double z, double[] into) {
    double cellX = Math.floor(x / DAISY_CELL);
    double cellZ = Math.floor(z / DAISY_CELL);
    double chance = hash((int) cellX, (int) cellZ, 11);
    if (chance > 0.22) {
      return;
    }
    double dx = x - (cellX + 0.2 + 0.6 * hash((int) cellX, (int) cellZ, 12)) * DAISY_CELL;
    double dz = z - (cellZ + 0.2 + 0.6 * hash((int) cellX, (int) cellZ, 13)) * DAISY_CELL;
    double size = 0.017 + 0.05 * chance;
    double r = Math.sqrt(dx * dx + dz * dz) / size;
    if (r < 0.42) {
      into[0] = 0.85;
      into[1] = 0.55;
      into[2] = 0.05;
    } else if (r < 1) {
      into[0] = 0.80;
      into[1] = 0.80;
      into[2] = 0.76;
    }
  }

  private static void floor(double x, double z, double distance, double[] into) {
    boolean odd = (((int) Math.floor(x) + (int) Math.floor(z)) & 1) != 0;
    double contrast = 0.11 / (1 + 0.004 * distance * distance);
    double tone = odd ? -contrast : contrast;
    into[0] = 0.42 + tone;
    into[1] = 0.47 + tone;
    into[2] = 0.55 + tone;
  }

  /** Lets what is far away fade into the light above the horizon. */
  static void fade(Ground ground, double distance, double[] colour) {
    double ratio = distance / HAZE;
    double fade = ratio * ratio / (1 + ratio * ratio);
    boolean meadow = ground == Ground.MEADOW;
    colour[0] += fade * ((meadow ? 0.36 : 0.80) - colour[0]);
    colour[1] += fade * ((meadow ? 0.52 : 0.84) - colour[1]);
    colour[2] += fade * ((meadow ? 0.40 : 0.90) - colour[2]);
  }

  /** The light from a direction of length 1 above the horizon. */
  static void sky(Ground ground, double dx, double dy, double dz, double[] into) {
    double up = Math.clamp(dy, 0.0, 1.0);
    double high = 1 - (1 - up) * (1 - up) * (1 - up);
    if (ground == Ground.FLOOR) {
      into[0] = 0.80 - 0.32 * high;
      into[1] = 0.84 - 0.25 * high;
      into[2] = 0.90 - 0.12 * high;
      return;
    }
    into[0] = 0.58 - 0.48 * high;
    into[1] = 0.76 - 0.48 * high;
    into[2] = 0.92 - 0.26 * high;
    double level = 1 / (up + 0.14);
    double cloud =
        0.6 * noise(1.3 * dx * level, 1.7 * dz * level, 21)
            + 0.3 * noise(3.1 * dx * level, 3.9 * dz * level, 22)
            + 0.1 * noise(8 * dx * level, 9 * dz * level, 23);
    double cover = Math.clamp((cloud - 0.50) * 4, 0.0, 1.0) * Math.clamp(up * 7, 0.0, 1.0) * 0.85;
    for (int i = 0; i < 3; i++) {
      into[i] += cover * (0.93 - into[i]);
    }
    double flat = Math.sqrt(dx * dx + dz * dz);
    if (flat > 0) {
      hills(dx / flat, dz / flat, dy / flat, into);
    }
  }

  /** Two ranges of hills, by how far the ray rises in a metre. */
  private static void hills(double east, double north, double rise, double[] into) {
    double back = 0.020 + 0.085 * noise(2.2 * east + 40, 2.2 * north, 31);
    double front =
        0.004
            + 0.060 * noise(3.6 * east, 3.6 * north + 40, 32)
            + 0.010 * noise(38 * east, 38 * north, 33);
    if (rise < front) {
      into[0] = 0.165;
      into[1] = 0.330;
      into[2] = 0.190;
    } else if (rise < back) {
      into[0] = 0.290;
      into[1] = 0.450;
      into[2] = 0.470;
    }
  }

  /** Smooth noise in [0, 1), one bump to a unit. */
  private static double noise(double x, double y, int seed) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    int i = (int) floorX;
    int j = (int) floorY;
    double u = smooth(x - floorX);
    double v = smooth(y - floorY);
    double low = hash(i, j, seed) + u * (hash(i + 1, j, seed) - hash(i, j, seed));
    double high = hash(i, j + 1, seed) + u * (hash(i + 1, j + 1, seed) - hash(i, j + 1, seed));
    return low + v * (high - low);
  }

  /** From 0 to 1, level at both ends. */
  static double smooth(double share) {
    return share * share * (3 - 2 * share);
  }

  /** A number in [0, 1) that belongs to a cell of a grid. */
  static double hash(int i, int j, int seed) {
    int h = (i * 0x27D4EB2D) ^ (j * 0x165667B1) ^ (seed * 0x3C6EF372);
    h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    h ^= h >>> 15;
    return (h >>> 8) * 0x1p-24;
  }
}
