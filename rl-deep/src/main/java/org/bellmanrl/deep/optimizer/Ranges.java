package org.bellmanrl.deep.optimizer;

/** Checks that several optimisers share. */
final class Ranges {
  private Ranges() {}

  static void fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), was " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be in (0, ∞), was " + value);
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be in [0, ∞), was " + value);
    }
  }

  static void lengths(int length, float[] parameters, float[] gradients) {
    if (parameters.length != length || gradients.length != length) {
      throw new IllegalArgumentException(
          "this optimiser is for vectors of length %d, parameters had %d and gradients %d"
              .formatted(length, parameters.length, gradients.length));
    }
  }
}
