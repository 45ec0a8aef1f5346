package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;

/** Vectors that are divided by their length. Sums run over four partial sums in a fixed order. */
final class UnitVectors {
  /** The least length by which a vector is divided; a shorter one passes no gradient. */
  private static final float LEAST = 1e-8f;

  private UnitVectors() {}

  /** Σ x y. */
  static float dot(int units, float[] x, int xAt, float[] y, int yAt) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= units; i += 4) {
      s0 = Math.fma(x[xAt + i], y[yAt + i], s0);
      s1 = Math.fma(x[xAt + i + 1], y[yAt + i + 1], s1);
      s2 = Math.fma(x[xAt + i + 2], y[yAt + i + 2], s2);
      s3 = Math.fma(x[xAt + i + 3], y[yAt + i + 3], s3);
    }
    for (; i < units; i++) {
      s0 = Math.fma(x[xAt + i], y[yAt + i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * Divides a vector by its length, in place.
   *
   * @return 1 / length; 0 if it is too short to have a direction
   */
  static float normalise(int units, float[] x, int at) {
    float length = (float) Math.sqrt(dot(units, x, at, x, at));
    float inverse = 1f / Math.max(length, LEAST);
    for (int i = 0; i < units; i++) {
      x[at + i] *= inverse;
    }
    return length > LEAST ? inverse : 0f;
  }

  /**
   * Turns the gradient of a vector that was normalised into that of what it was, in place: (g − y
   * (y · g)) / length.
   *
   * @param inverse what {@link #normalise} returned
   */
  static void gradient(int units, float[] y, int yAt, float inverse, float[] g, int at) {
    float along = dot(units, y, yAt, g, at);
    for (int i = 0; i < units; i++) {
      g[at + i] = inverse * Math.fma(-along, y[yAt + i], g[at + i]);
    }
  }

  /**
   * Fills the weights of each unit, a column, with a vector of length 1, orthogonal if they fit.
   */
  static void initialise(float[] parameters, ParameterBlock weights, RandomStream random) {
    OrthogonalMatrix.fill(parameters, weights, 1, random);
    project(parameters, weights);
  }

  /** Divides the weights of each unit by their length. */
  static void project(float[] parameters, ParameterBlock weights) {
    for (int column = 0; column < weights.columns(); column++) {
      double square = 0;
      for (int row = 0; row < weights.rows(); row++) {
        double weight = parameters[weights.index(row, column)];
        square += weight * weight;
      }
      double inverse = 1 / Math.max(Math.sqrt(square), LEAST);
      for (int row = 0; row < weights.rows(); row++) {
        int i = weights.index(row, column);
        parameters[i] = (float) (parameters[i] * inverse);
      }
    }
  }
}
