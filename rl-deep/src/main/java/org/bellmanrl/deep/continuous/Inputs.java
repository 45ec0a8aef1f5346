package org.bellmanrl.deep.continuous;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.network.ObservationEncoder;

/**
 * Pairs of observation and action, which enter the critics as floats: first the observation, bytes
 * scaled to [0, 1], then the action, whose elements are in [−1, 1]. Immutable.
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

  /** Numbers per action. */
  int actionSize() {
    return actionSize;
  }

  /**
   * Writes pairs.
   *
   * @param actions row after row
   * @param into takes them, from its row {@code first} on
   */
  void pairs(Columns observations, double[] actions, int rows, float[] into, int first) {
    for (int row = 0; row < rows; row++) {
      pair(observations, row, actions, row, into, first + row);
    }
  }

  /**
   * Writes one pair.
   *
   * @param row of the observation
   * @param action row of the action
   * @param into takes the pair in its row {@code at}
   */
  void pair(Columns observations, int row, double[] actions, int action, float[] into, int at) {
    int from = at * (observationSize + actionSize);
    encoder.encode(observations, row, into, from);
    for (int d = 0; d < actionSize; d++) {
      into[from + observationSize + d] = (float) actions[action * actionSize + d];
    }
  }
}
