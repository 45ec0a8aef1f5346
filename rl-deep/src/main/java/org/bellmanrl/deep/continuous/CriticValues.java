package org.bellmanrl.deep.continuous;

import java.util.Arrays;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Workspace;

/** The value of pairs by critics that are combined, without gradients. Not thread-safe. */
final class CriticValues implements Stateful {
  private final Network[] critics;
  private final CriticReduction reduction;
  private final Workspace pairs;

  /**
   * Reads the networks themselves, not copies.
   *
   * @param maxRows the most pairs at a time
   */
  CriticValues(Network[] critics, CriticReduction reduction, int maxRows) {
    this.critics = Arrays.copyOf(critics, reduction.used(critics.length));
    this.reduction = reduction;
    this.pairs = critics[0].workspace(maxRows, Workspace.Use.FORWARD);
  }

  /** Takes the pairs, as {@link CriticInputs} writes them. */
  float[] pairs() {
    return pairs.inputs();
  }

  /** Computes the values of the first {@code rows} pairs. */
  void compute(int rows, double[] into) {
    boolean smallest = reduction == CriticReduction.SMALLEST;
    Arrays.fill(into, 0, rows, smallest ? Double.POSITIVE_INFINITY : 0);
    for (Network critic : critics) {
      critic.forward(pairs, rows);
      for (int i = 0; i < rows; i++) {
        double q = mean(pairs.outputs(), i * pairs.outputStride(), critic.outputSize());
        into[i] = smallest ? Math.min(into[i], q) : into[i] + q / critics.length;
      }
    }
  }

  /** The value of a critic: the mean of its outputs. */
  static double mean(float[] outputs, int at, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += outputs[at + i];
    }
    return sum / count;
  }

  /** Returns a copy with copies of the networks. */
  CriticValues copy() {
    Network[] copies = new Network[critics.length];
    Arrays.setAll(copies, k -> critics[k].copy());
    return new CriticValues(copies, reduction, pairs.maxRows());
  }

  @Override
  public void carry(State state) {
    state.begin("critic-values", 1);
    state.carry("critics", critics);
    state.end();
  }
}
