package org.bellmanrl.deep.optimizer;

/** Refuses vectors of other lengths than the optimiser is for. */
final class LengthCheck {
  private LengthCheck() {}

  static void require(int length, float[] parameters, float[] gradients) {
    if (parameters.length != length || gradients.length != length) {
      throw new IllegalArgumentException(
          "this optimiser is for vectors of length %d, parameters had %d and gradients %d"
              .formatted(length, parameters.length, gradients.length));
    }
  }
}
