package org.bellmanrl.env.raycast;

/** Angles as whole numbers, of which a turn has 8,192; 0 is along x, and they grow towards y. */
final class Circle {
  static final int TURN = 8192;

  private static final double[] COSINES = new double[TURN];

  static {
    for (int i = 0; i < TURN; i++) {
      COSINES[i] = StrictMath.cos(2 * Math.PI * i / TURN);
    }
  }

  private Circle() {}

  static double cos(int angle) {
    return COSINES[wrapped(angle)];
  }

  static double sin(int angle) {
    return COSINES[wrapped(angle - TURN / 4)];
  }

  static int wrapped(int angle) {
    return angle & (TURN - 1);
  }
}
