package org.bellmanrl.deep.dqn;

import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
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
    encoder.encode(batch.observations(), batch.sequences().rows(), into);
    batch.forward(network, into, 0);
  }
}
