package org.bellmanrl.env.diagnostic;

/** Ranges of options. */
final class Checks {
  private Checks() {}

  static void range(String name, int low, int high, int value) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be in [%d, %d], was %d".formatted(name, low, high, value));
    }
  }

  static void steps(int value) {
    range("max_episode_steps", 1, Integer.MAX_VALUE, value);
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, was " + value);
    }
  }
}
