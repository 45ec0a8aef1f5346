package org.bellmanrl.env.classic;

import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;

/** Checks that several options and saved states have in common. */
final class Checks {
  private Checks() {}

  /** Bounds of the draw that an episode begins with. */
  static void bounds(double low, double high, double least, double most) {
    range("low", low, least, most);
    range("high", high, least, most);
    if (low > high) {
      throw new IllegalArgumentException(
          "low must be at most high, was %s with a high of %s".formatted(low, high));
    }
  }

  static void range(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be in [%s, %s], was %s".formatted(name, least, most, value));
    }
  }

  /** Reads a number of a saved episode. */
  static double finite(StateReader in, String name) {
    double value = in.readDouble(name);
    if (!Double.isFinite(value)) {
      throw new StateException("%s must be finite, was %s".formatted(name, value));
    }
    return value;
  }
}
