package org.bellmanrl.env.picture;

/**
 * Smooth noise over a plane that repeats in both directions, computed once and then read off a
 * table. Immutable.
 */
final class NoiseTile {
  private final float[] samples;
  private final int side;
  private final double perUnit;

  /** One octave: how many bumps there are to a unit along each of two turned axes, and how high. */
  record Octave(int along, int across, double height) {}

  /**
   * Adds up octaves.
   *
   * @param period after how many units the noise repeats
   * @param side samples along a period, a power of two
   * @param per the bumps of an octave are counted per so many units
   */
  NoiseTile(int period, int side, int per, Octave... octaves) {
    this.side = side;
    this.perUnit = (double) side / period;
    this.samples = new float[side * side];
    for (int i = 0; i < octaves.length; i++) {
      add(octaves[i], period / per, i);
    }
  }

  private void add(Octave octave, int periods, int seed) {
    int a = octave.along * periods;
    int b = octave.across * periods;
    for (int j = 0; j < side; j++) {
      for (int i = 0; i < side; i++) {
        double x = (double) i / side;
        double y = (double) j / side;
        samples[j * side + i] +=
            (float) (octave.height * (noise(a * x + b * y, a * y - b * x, a, b, seed) - 0.5));
      }
    }
  }

  /** Noise in [0, 1), one bump to a unit, that repeats after (a, −b) and (b, a). */
  private static double noise(double u, double v, int a, int b, int seed) {
    int i = (int) Math.floor(u);
    int j = (int) Math.floor(v);
    double s = Scenery.smooth(u - i);
    double t = Scenery.smooth(v - j);
    double low = bump(i, j, a, b, seed);
    double high = bump(i, j + 1, a, b, seed);
    low += s * (bump(i + 1, j, a, b, seed) - low);
    high += s * (bump(i + 1, j + 1, a, b, seed) - high);
    return low + t * (high - low);
  }

  /** The height at a corner of the lattice, taken at the corner's twin in the first period. */
  private static double bump(int i, int j, int a, int b, int seed) {
    int area = a * a + b * b;
    int right = Math.floorDiv(a * i - b * j, area);
    int up = Math.floorDiv(b * i + a * j, area);
    return Scenery.hash(i - right * a - up * b, j + right * b - up * a, seed);
  }

  /** The noise at a place, around 0. */
  double at(double x, double y) {
    double u = x * perUnit;
    double v = y * perUnit;
    double floorU = Math.floor(u);
    double floorV = Math.floor(v);
    int left = (int) floorU & (side - 1);
    int right = (left + 1) & (side - 1);
    int line = ((int) floorV & (side - 1)) * side;
    int next = (line + side) & (side * side - 1);
    double s = u - floorU;
    double low = samples[line + left] + s * (samples[line + right] - samples[line + left]);
    double high = samples[next + left] + s * (samples[next + right] - samples[next + left]);
    return low + (v - floorV) * (high - low);
  }
}
