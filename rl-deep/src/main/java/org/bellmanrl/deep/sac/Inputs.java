package org.bellmanrl.deep.sac;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.internal.ObservationEncoder;

/**
 * What enters the networks, as floats: observations, and pairs of observation and action. Images
 * become vectors of numbers in [0, 1]. Immutable.
 */
final class Inputs {
  private final ObservationEncoder encoder;
  private final int observationSize;
  private final int actionSize;

  Inputs(ObservationEncoder encoder, int actionSize) {
    this.encoder = encoder;
    this.observationSize = encoder.size();
    this.actionSize = actionSize;
  }

  /** What is observed. */
  Space space() {
    return encoder.space();
  }

  /** Numbers per observation. */
  int observationSize() {
    return observationSize;
  }

  /** Numbers per pair. */
  int pairSize() {
    return observationSize + actionSize;
  }

  /**
   * Writes an observation.
   *
   * @throws org.bellmanrl.deep.network.NonFiniteException if an element is NaN or infinite
   */
  void observation(Columns observations, int row, float[] into, int at) {
    if (!encoder.bytes()) {
      encoder.encode(observations, row, into, at);
      return;
    }
    byte[] bytes = observations.bytes();
    float scale = encoder.input().scale();
    for (int i = 0; i < observationSize; i++) {
      into[at + i] = (bytes[row * observationSize + i] & 0xff) * scale;
    }
  }

  /** Writes the first rows of columns, one after the other. */
  void observations(Columns observations, int rows, float[] into) {
    for (int row = 0; row < rows; row++) {
      observation(observations, row, into, row * observationSize);
    }
  }

  /**
   * Writes pairs.
   *
   * @param observations as this class writes them
   * @param actions elements in [−1, 1], row after row
   */
  void pairs(float[] observations, double[] actions, int rows, float[] into) {
    for (int row = 0; row < rows; row++) {
      pair(observations, row * observationSize, actions, row, into);
    }
  }

  /**
   * Writes one pair.
   *
   * @param observationAt where the observation begins
   * @param row of the actions, and of the pairs
   */
  void pair(float[] observations, int observationAt, double[] actions, int row, float[] into) {
    int at = row * (observationSize + actionSize);
    for (int i = 0; i < observationSize; i++) {
      into[at + i] = observations[observationAt + i];
    }
    for (int d = 0; d < actionSize; d++) {
      into[at + observationSize + d] = (float) actions[row * actionSize + d];
    }
  }
}
