package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;

/** Ranges of options and of saved numbers. */
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

  /** Reads an int from [0, bound). */
  static int index(StateReader in, String name, int bound) {
    int value = in.readInt(name);
    if (value < 0 || value >= bound) {
      throw new StateException(
          "%s must be in [0, %d), was %d: saved by an environment with other options"
              .formatted(name, bound, value));
    }
    return value;
  }
}
