package org.bellmanrl.bench.shape;

/** A small frozen lake without slipping, as tables: the arithmetic that all shapes share. */
final class Lake {
  static final int STATES = 16;
  static final int ACTIONS = 4;
  static final double STEP_SIZE = 0.1;
  static final double GAMMA = 0.95;
  static final double EPSILON = 0.1;
  private static final String MAP = "SFFFFHFHFFFHHFFG";

  private Lake() {}

  /** Next state per state and action: left, down, right, up. */
  static int[] next() {
    int[] next = new int[STATES * ACTIONS];
    for (int s = 0; s < STATES; s++) {
      int row = s / 4;
      int column = s % 4;
      next[s * ACTIONS] = 4 * row + Math.max(column - 1, 0);
      next[s * ACTIONS + 1] = 4 * Math.min(row + 1, 3) + column;
      next[s * ACTIONS + 2] = 4 * row + Math.min(column + 1, 3);
      next[s * ACTIONS + 3] = 4 * Math.max(row - 1, 0) + column;
    }
    return next;
  }

  static boolean[] terminal() {
    boolean[] terminal = new boolean[STATES];
    for (int s = 0; s < STATES; s++) {
      terminal[s] = MAP.charAt(s) == 'H' || MAP.charAt(s) == 'G';
    }
    return terminal;
  }

  static double[] reward() {
    double[] reward = new double[STATES];
    reward[STATES - 1] = 1;
    return reward;
  }

  static int best(double[] q, int state) {
    int best = 0;
    for (int a = 1; a < ACTIONS; a++) {
      best = q[state * ACTIONS + a] > q[state * ACTIONS + best] ? a : best;
    }
    return best;
  }

  static double max(double[] q, int state) {
    double max = q[state * ACTIONS];
    for (int a = 1; a < ACTIONS; a++) {
      max = Math.max(max, q[state * ACTIONS + a]);
    }
    return max;
  }
}
