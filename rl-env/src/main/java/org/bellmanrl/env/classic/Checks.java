package org.bellmanrl.env.classic;

/** Checks that several options have in common. */
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
}
