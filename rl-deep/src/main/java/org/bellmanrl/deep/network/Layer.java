package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;

/** A layer in its place: shapes and parameter blocks are known. Immutable. */
abstract class Layer {
  private final Extent output;

  Layer(Extent output) {
    this.output = output;
  }

  /** Shape of what leaves it. */
  final Extent output() {
    return output;
  }

  /** Returns whether there are parameters in here. */
  boolean hasParameters() {
    return true;
  }

  /** Draws the parameters. */
  void initialise(float[] parameters, RandomStream random) {}

  /** Numbers that it carries from step to step of a sequence; 0 unless it is recurrent. */
  int stateSize() {
    return 0;
  }

  /** The most numbers that flow between two layers in here, or leave it. */
  int largest() {
    return output.size();
  }

  /** Tells layers inside of this one apart, in a few characters; empty if it holds none. */
  String inner() {
    return "";
  }

  /** Puts parameters back to where the layer wants them, after an update changed them. */
  void project(float[] parameters) {}

  /**
   * Whether gradients of what leaves it are for something: its parameters, or what enters it. Those
   * of pixels that are flattened first are not.
   */
  final boolean learnsFrom(Signal in) {
    return in.hasGradients() || hasParameters();
  }

  /** Binds the layer to the buffers of a workspace for up to {@code maxRows} rows. */
  abstract LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows);
}
