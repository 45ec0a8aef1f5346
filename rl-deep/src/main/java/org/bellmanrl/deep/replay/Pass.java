package org.bellmanrl.deep.replay;

import static java.util.Objects.requireNonNull;

import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.deep.network.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A pass of networks of one specification over the steps of a batch. A recurrent network runs along
 * the whole sequences, from the states that were stored with them, and its outputs at S or at S' of
 * the steps are gathered, so that there is one row per step in either case. Not thread-safe.
 */
public final class Pass {
  private final ReplayBatch batch;
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
   * @param batch where the steps are drawn into
   */
  public Pass(Network network, ReplayBatch batch, Workspace.Use use) {
    this(network, batch, 1, use);
  }

  /**
   * Room for a pass over the steps several times.
   *
   * @param batch where the steps are drawn into
   * @param copies how often the steps stand in it, one behind the other: once, or twice for S and
   *     S' in one pass, which recurrent networks do not have
   */
  public Pass(Network network, ReplayBatch batch, int copies, Workspace.Use use) {
    this.batch = batch;
    this.copies = copies;
    this.along = network.stateSize() > 0 ? requireNonNull(batch.sequences()) : null;
    int rows = along == null ? copies * batch.maxSize() : along.sequences().maxRows();
    boolean learns = use != Workspace.Use.FORWARD;
    this.work = network.workspace(rows, use);
    if (along == null) {
      this.outputs = work.outputs();
      this.outputGradients = learns ? work.outputGradients() : new float[0];
    } else {
      int room = Math.multiplyExact(batch.maxSize(), work.outputStride());
      this.outputs = new float[room];
      this.outputGradients = new float[learns ? room : 0];
    }
  }

  /** The buffers, for noise and checks. */
  public Workspace workspace() {
    return work;
  }

  /**
   * Takes the observations of the batch.
   *
   * @param atNext whether the outputs are wanted at S' rather than at S
   */
  public void observations(ObservationEncoder encoder, boolean atNext) {
    if (along == null) {
      encoder.encode(atNext ? batch.nextObservations() : batch.observations(), batch.size(), work);
    } else {
      encoder.encode(along.observations(), along.sequences().rows(), work);
    }
    at(atNext);
  }

  /** Takes what the caller has written into the inputs of {@link #workspace}, as above. */
  public void at(boolean atNext) {
    next = atNext;
  }

  /** The sequences that the network runs along; null if it is not recurrent. */
  public @Nullable SequenceBatch sequences() {
    return along;
  }

  /**
   * Computes the outputs.
   *
   * @param stateAt where the network's numbers begin in a stored state
   */
  public void forward(Network network, int stateAt) {
    if (along == null) {
      network.forward(work, copies * batch.size());
    } else {
      along.forward(network, work, stateAt);
      along.outputs(work, next, outputs);
    }
  }

  /** Outputs of the last pass, a row for each step: an array that the next pass overwrites. */
  public float[] outputs() {
    return outputs;
  }

  /** Gathers the outputs of the last pass at S', where those of a recurrent network are, too. */
  public void nextOutputs(float[] into) {
    requireNonNull(along).outputs(work, true, into);
  }

  /** Takes the gradients of the outputs, at S. */
  public float[] outputGradients() {
    return outputGradients;
  }

  /** Numbers from row to row of the outputs and of their gradients. */
  public int stride() {
    return work.outputStride();
  }

  /** Adds the gradients of the parameters, through time if the network is recurrent. */
  public void backward(Network network, float[] into) {
    network.backward(work, enter(), into);
  }

  /** Computes the gradients of the inputs alone. */
  public void backwardToInputs(Network network) {
    network.backwardToInputs(work, enter());
  }

  private int enter() {
    if (along == null) {
      return copies * batch.size();
    }
    along.outputGradients(outputGradients, work);
    return along.sequences().rows();
  }

  /** Where the gradients of a step's inputs begin in those of the workspace. */
  public int inputGradientsAt(int step) {
    return (along == null ? step : along.row(step)) * work.inputGradientStride();
  }
}
