package org.bellmanrl.env.classic;

import org.bellmanrl.api.options.Require;

/** Checks that several options have in common. */
final class Checks {
  private Checks() {}

  /** Bounds of the draw that an episode begins with. */
  static void bounds(double low, double high, double least, double most) {
    String range = "[" + least + ", " + most + "]";
    Require.inRange("low", low, range);
    Require.inRange("high", high, range);
    if (low > high) {
      throw new IllegalArgumentException(
          "low must be at most high, was %s with a high of %s".formatted(low, high));
    }
  }
}
