package org.bellmanrl.deep.continuous;

import static java.util.Objects.requireNonNull;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.SequenceBatch;
import org.jspecify.annotations.Nullable;

/**
 * A pass of networks of one specification over the steps of a batch. A recurrent network runs along
 * the whole sequences, from the states that were stored with them, and its outputs at S or at S' of
 * the steps are gathered, so that there is one row per step in either case. Not thread-safe.
 */
final class Pass {
  private final Steps steps;
  private final int copies;
  private final Workspace work;
  private final @Nullable SequenceBatch along;
  private final float[] outputs;
  private final float[] outputGradients;

  /** Whether the rows are those of S' rather than of S. */
  private boolean next;

  /**
   * Room for a pass.
   *
   * @param copies how often the steps stand in it, one behind the other: once, or twice for S and
   *     S' in one pass, which recurrent networks do not have
   */
  Pass(Network network, Steps steps, int copies, Workspace.Use use) {
    this.steps = steps;
    this.copies = copies;
    this.along = network.stateSize() > 0 ? requireNonNull(steps.sequences()) : null;
    int rows = along == null ? copies * steps.most() : along.sequences().maxRows();
    boolean learns = use != Workspace.Use.FORWARD;
    this.work = network.workspace(rows, use);
    if (along == null) {
      this.outputs = work.outputs();
      this.outputGradients = learns ? work.outputGradients() : new float[0];
    } else {
      int room = Math.multiplyExact(steps.most(), work.outputStride());
      this.outputs = new float[room];
      this.outputGradients = new float[learns ? room : 0];
    }
  }

  /** The buffers, for noise and checks. */
  Workspace workspace() {
    return work;
  }

  /**
   * Takes observations.
   *
   * @param observations of the steps; a recurrent network is shown those of its sequences instead
   * @param atNext whether they are those of S' rather than of S
   */
  void observations(ObservationEncoder encoder, Columns observations, boolean atNext) {
    next = atNext;
    if (along == null) {
      encoder.encode(observations, steps.count(), work);
    } else {
      encoder.encode(along.observations(), along.sequences().rows(), work);
    }
  }

  /**
   * Takes pairs of observations, as above, and actions.
   *
   * @param first the row that the first pair stands in
   */
  void pairs(Inputs inputs, Columns observations, double[] actions, int first, boolean atNext) {
    next = atNext;
    if (along == null) {
      inputs.pairs(observations, actions, steps.count(), work.inputs(), first);
    } else {
      inputs.pairs(along, actions, atNext, work.inputs());
    }
  }

  /**
   * Computes the outputs.
   *
   * @param stateAt where the network's numbers begin in a stored state
   */
  void forward(Network network, int stateAt) {
    if (along == null) {
      network.forward(work, copies * steps.count());
      return;
    }
    along.forward(network, work, stateAt);
    if (next) {
      along.nextOutputs(work, outputs);
    } else {
      along.outputs(work, outputs);
    }
  }

  /** Outputs of the last pass, a row for each step. */
  float[] outputs() {
    return outputs;
  }

  /** Takes the gradients of the outputs, at S. */
  float[] outputGradients() {
    return outputGradients;
  }

  /** Numbers from row to row of the outputs and of their gradients. */
  int stride() {
    return work.outputStride();
  }

  /** Adds the gradients of the parameters, through time if the network is recurrent. */
  void backward(Network network, float[] into) {
    network.backward(work, enter(), into);
  }

  /** Computes the gradients of the inputs alone. */
  void backwardToInputs(Network network) {
    network.backwardToInputs(work, enter());
  }

  private int enter() {
    if (along == null) {
      return copies * steps.count();
    }
    along.outputGradients(outputGradients, work);
    return along.sequences().rows();
  }

  /** Where the gradients of a step's inputs begin in those of the workspace. */
  int inputGradientsAt(int step) {
    return (along == null ? step : along.row(step)) * work.inputGradientStride();
  }
}
