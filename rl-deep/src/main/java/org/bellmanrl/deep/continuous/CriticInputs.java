package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.replay.Pass;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.SequenceBatch;

/**
 * Pairs of observation and action, which enter the critics as floats: first the observation, bytes
 * scaled to [0, 1], then the action, whose elements are in [−1, 1].
 *
 * @param encoder turns observations into the inputs of the policy network
 * @param actionSize numbers per action
 */
record CriticInputs(ObservationEncoder encoder, int actionSize) {
  /** Numbers per observation. */
  int observationSize() {
    return encoder.size();
  }

  /**
   * Writes pairs of a batch's observations, at S or at S', and actions into a pass.
   *
   * @param actions of the steps, row after row
   * @param first the row that the first pair stands in
   */
  void pairs(Pass pass, ReplayBatch batch, double[] actions, int first, boolean atNext) {
    float[] into = pass.workspace().inputs();
    if (pass.sequences() == null) {
      Columns observations = atNext ? batch.nextObservations() : batch.observations();
      for (int row = 0; row < batch.size(); row++) {
        pair(observations, row, actions, row, into, first + row);
      }
    } else {
      pairs(pass.sequences(), actions, atNext, into);
    }
    pass.at(atNext);
  }

  /**
   * Writes one pair.
   *
   * @param row of the observation
   * @param action row of the action
   * @param into takes the pair in its row {@code at}
   */
  void pair(Columns observations, int row, double[] actions, int action, float[] into, int at) {
    encoder.encode(observations, row, into, at * (observationSize() + actionSize));
    write(actions, action, into, at);
  }

  private void write(double[] actions, int action, float[] into, int at) {
    int from = at * (observationSize() + actionSize) + observationSize();
    for (int d = 0; d < actionSize; d++) {
      into[from + d] = (float) actions[action * actionSize + d];
    }
  }

  /**
   * Writes all that was shown along sequences, with actions at the steps that are learned from and
   * zeros elsewhere, where nothing is asked.
   */
  private void pairs(SequenceBatch along, double[] actions, boolean next, float[] into) {
    int width = observationSize() + actionSize;
    for (int row = 0; row < along.sequences().rows(); row++) {
      encoder.encode(along.observations(), row, into, row * width);
      Arrays.fill(into, row * width + observationSize(), (row + 1) * width, 0f);
    }
    for (int step = 0; step < along.steps().size(); step++) {
      write(actions, step, into, next ? along.nextRow(step) : along.row(step));
    }
  }
}
