package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.jspecify.annotations.Nullable;

/** A layer at work on the buffers of one workspace. */
abstract class LayerPass {
  /** What enters. */
  final Signal in;

  /** What leaves. */
  final Signal out;

  LayerPass(Signal in, Signal out) {
    this.in = in;
    this.out = out;
  }

  /** Computes the values of the outgoing signal. */
  abstract void forward(float[] parameters, int rows);

  /**
   * Adds to the gradients of the parameters, and computes those of the incoming signal if it has
   * any. Consumes the gradients of the outgoing signal.
   *
   * @param into the flat gradient vector; null if only the incoming signal's are wanted
   */
  abstract void backward(float[] parameters, float @Nullable [] into, int rows);

  /**
   * Takes over the states of sequences, in recurrent layers.
   *
   * @param recurrence those of all layers
   * @param at where this layer's numbers begin in a state
   */
  void remember(Recurrence recurrence, int at) {}

  /** Draws new noise, in layers that have it. */
  void sampleNoise(RandomStream random) {}

  /** Normalises by the batch or by running statistics, in layers that have both. */
  void batchStatistics(boolean use) {}

  /** Makes the noise zero, in layers that have it. */
  void clearNoise() {}
}
