package org.bellmanrl.deep.replay;

import java.util.Arrays;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Sequences;
import org.bellmanrl.deep.network.Workspace;

/**
 * Sequences drawn from a {@link Replay}. Networks run over {@link #observations}, all that were
 * shown along the sequences up to what is bootstrapped from, in the order of {@link #sequences}; a
 * loss is computed of {@link #steps}, the transitions that are learned from. Made once by {@link
 * Replay#sequences}; its arrays stay the same. Not thread-safe.
 */
public final class SequenceBatch {
  private final ReplayBatch starts;
  private final ReplayBatch steps;
  private final Columns observations;
  private final Sequences sequences;
  private final int stateSize;
  private final float[] states;
  private final float[] errors;

  /** Per row of the observations, its slot. */
  final int[] slots;

  /** Per step, the rows of S and S'. */
  private final int[] row;

  private final int[] nextRow;

  /** Per sequence, by number: its transitions with the burn-in, and the burn-in alone. */
  final int[] length;

  final int[] burnIn;

  SequenceBatch(EnvironmentSpec spec, SequenceConfig config, int nStep, int count) {
    int each = config.burnIn() + config.length() + nStep;
    int rows = Math.multiplyExact(count, each);
    int most = Math.multiplyExact(count, config.length());
    this.starts = new ReplayBatch(spec, count);
    this.steps = new ReplayBatch(spec, most, this);
    this.observations = new Columns(spec.observationSpace(), rows);
    this.sequences = new Sequences(rows);
    this.stateSize = config.stateSize();
    this.states = new float[Math.multiplyExact(count, config.stateSize())];
    this.errors = new float[count];
    this.slots = new int[rows];
    this.row = new int[most];
    this.nextRow = new int[most];
    this.length = new int[count];
    this.burnIn = new int[count];
  }

  /** Where the sequences begin, with their weights and priorities. */
  ReplayBatch starts() {
    return starts;
  }

  /** The transitions that are learned from, place after place. */
  public ReplayBatch steps() {
    return steps;
  }

  /** What was shown: the first {@code sequences().rows()} rows. */
  public Columns observations() {
    return observations;
  }

  /** How the observations follow each other; no gradient goes back into the burn-in. */
  public Sequences sequences() {
    return sequences;
  }

  /** The states that sequences begin with, by place. */
  public float[] states() {
    return states;
  }

  /** The row of {@link #observations} that shows S of a step. */
  public int row(int step) {
    return row[step];
  }

  /** The row of {@link #observations} that shows S' of a step, n steps later. */
  public int nextRow(int step) {
    return nextRow[step];
  }

  void rows(int step, int of, int ofNext) {
    row[step] = of;
    nextRow[step] = ofNext;
  }

  /**
   * Runs a network over all sequences, from the states that were stored.
   *
   * @param workspace whose inputs are what the network takes of {@link #observations}
   * @param stateAt where the network's numbers begin in a stored state
   */
  void forward(Network network, Workspace workspace, int stateAt) {
    int size = network.stateSize();
    for (int place = 0; place < sequences.count(); place++) {
      System.arraycopy(states, place * stateSize + stateAt, workspace.states(), place * size, size);
    }
    network.forward(workspace, sequences);
  }

  /**
   * Gathers what a network gave at S or S' of each step.
   *
   * @param next whether at S'
   * @param into takes rows as far apart as those of the workspace's outputs
   */
  void outputs(Workspace workspace, boolean next, float[] into) {
    int[] rows = next ? nextRow : row;
    int stride = workspace.outputStride();
    for (int step = 0; step < steps.size(); step++) {
      System.arraycopy(workspace.outputs(), rows[step] * stride, into, step * stride, stride);
    }
  }

  /**
   * Writes the gradients of what a network gave at S of each step; those of other rows are zero.
   *
   * @param gradients laid out as {@link #outputs} has it
   */
  void outputGradients(float[] gradients, Workspace workspace) {
    float[] into = workspace.outputGradients();
    int stride = workspace.outputStride();
    Arrays.fill(into, 0, sequences.rows() * stride, 0f);
    for (int step = 0; step < steps.size(); step++) {
      System.arraycopy(gradients, step * stride, into, row[step] * stride, stride);
    }
  }

  /**
   * The error of each sequence from those of its steps: η · the largest + (1 − η) · the mean of
   * their sizes (Kapturowski et al., 2019).
   *
   * @param stepErrors one for each of {@link #steps}
   * @param eta η, in [0, 1]
   */
  float[] errors(float[] stepErrors, float eta) {
    int step = 0;
    for (int place = 0; place < errors.length; place++) {
      int i = sequences.at(place);
      int count = length[i] - burnIn[i];
      float largest = 0;
      float sum = 0;
      for (int end = step + count; step < end; step++) {
        float size = Math.abs(stepErrors[step]);
        // A NaN must not get lost.
        largest = size <= largest ? largest : size;
        sum += size;
      }
      errors[i] = eta * largest + (1 - eta) * sum / count;
    }
    return errors;
  }
}
