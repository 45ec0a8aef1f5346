package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Sequences;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.SequenceBatch;

/**
 * Networks on whole sequences: of the outputs along a sequence, those at S and at S' of the steps
 * that are learned from are brought together, row by row, for a {@link ValueLoss} to see what it
 * always sees. Scratch space of one learner.
 */
final class SequencePasses {
  private final SequenceBatch batch;

  /** The outputs of the network at S. */
  final float[] values;

  /** The outputs of the target network at S'. */
  final float[] nextValues;

  /** What decides on the action at S'. */
  final float[] choosing;

  /** The gradients of {@link #values}. */
  final float[] gradients;

  /**
   * Room for a batch.
   *
   * @param online takes the outputs at S
   * @param target takes those of the target network at S'
   * @param deciding takes what decides on the action at S', perhaps one of these
   */
  SequencePasses(SequenceBatch batch, Workspace online, Workspace target, Workspace deciding) {
    this.batch = batch;
    this.values = room(batch, online);
    this.nextValues = room(batch, target);
    this.choosing = deciding == target ? nextValues : room(batch, deciding);
    this.gradients = room(batch, online);
  }

  private static float[] room(SequenceBatch batch, Workspace outputs) {
    return new float[Math.multiplyExact(batch.maxSteps(), outputs.outputStride())];
  }

  SequenceBatch batch() {
    return batch;
  }

  /** Runs a network over all sequences. */
  void forward(Network network, ObservationEncoder encoder, Workspace into) {
    Sequences sequences = batch.sequences();
    int states = sequences.count() * network.stateSize();
    System.arraycopy(batch.states(), 0, into.states(), 0, states);
    encoder.encode(batch.observations(), sequences.rows(), into);
    network.forward(into, sequences);
  }

  /** Takes what a network gave at S. */
  void take(Workspace outputs, float[] into) {
    for (int step = 0; step < batch.steps().size(); step++) {
      copy(outputs, batch.row(step), into, step);
    }
  }

  /** Takes what a network gave at S'. */
  void takeNext(Workspace outputs, float[] into) {
    for (int step = 0; step < batch.steps().size(); step++) {
      copy(outputs, batch.nextRow(step), into, step);
    }
  }

  private static void copy(Workspace outputs, int row, float[] into, int step) {
    int stride = outputs.outputStride();
    System.arraycopy(outputs.outputs(), row * stride, into, step * stride, stride);
  }

  /** Gives the gradients to the rows of S; those of other rows are zero. */
  void giveGradients(Workspace to) {
    float[] into = to.outputGradients();
    int stride = to.outputStride();
    Arrays.fill(into, 0, batch.sequences().rows() * stride, 0f);
    for (int step = 0; step < batch.steps().size(); step++) {
      System.arraycopy(gradients, step * stride, into, batch.row(step) * stride, stride);
    }
  }
}
