package org.bellmanrl.deep.sac;

import org.bellmanrl.deep.network.ObservationEncoder;

/**
 * Pairs of observation and action, which enter the critics as floats: first the observation, bytes
 * scaled to [0, 1], then the action. Immutable.
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

  /** Turns observations into the inputs of the policy network. */
  ObservationEncoder encoder() {
    return encoder;
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
   * Writes pairs.
   *
   * @param observations encoded as floats
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
