package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;

/**
 * Eligibility traces z of one row, with a list of those that are not 0. A trace that has decayed
 * below {@link #FORGOTTEN} is set to 0, so that the list stays short.
 */
final class SparseTraces implements Stateful {
  /** Less than this moves no weight by more than its rounding does. */
  static final double FORGOTTEN = 1e-12;

  private final double[] z;
  private final boolean[] isListed;
  private final int[] listed;
  private int count;

  SparseTraces(int size) {
    this.z = new double[size];
    this.isListed = new boolean[size];
    this.listed = new int[size];
  }

  static SparseTraces[] perRow(int rows, int size) {
    SparseTraces[] traces = new SparseTraces[rows];
    Arrays.setAll(traces, row -> new SparseTraces(size));
    return traces;
  }

  void clear() {
    for (int i = 0; i < count; i++) {
      z[listed[i]] = 0;
      isListed[listed[i]] = false;
    }
    count = 0;
  }

  /** z ← z + x. */
  void accumulate(FeatureMap features, Columns observations, int row, int offset) {
    for (int k = 0; k < features.active(); k++) {
      int index = offset + features.index(observations, row, k);
      list(index);
      z[index] += features.value(observations, row, k);
    }
  }

  /** z_i ← x_i wherever x_i may differ from 0. */
  void replace(FeatureMap features, Columns observations, int row, int offset) {
    for (int k = 0; k < features.active(); k++) {
      int index = offset + features.index(observations, row, k);
      list(index);
      z[index] = 0;
    }
    // In two passes, because features that share an index add up.
    for (int k = 0; k < features.active(); k++) {
      z[offset + features.index(observations, row, k)] += features.value(observations, row, k);
    }
  }

  /** z_i ← 0 wherever x_i may differ from 0. */
  void clear(FeatureMap features, Columns observations, int row, int offset) {
    for (int k = 0; k < features.active(); k++) {
      z[offset + features.index(observations, row, k)] = 0;
    }
  }

  private void list(int index) {
    if (!isListed[index]) {
      isListed[index] = true;
      listed[count++] = index;
    }
  }

  /** w ← w + step z. */
  void addTo(double[] weights, double step) {
    for (int i = 0; i < count; i++) {
      weights[listed[i]] += step * z[listed[i]];
    }
  }

  /** z ← factor z. */
  void decay(double factor) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int index = listed[i];
      double trace = z[index] * factor;
      if (Math.abs(trace) < FORGOTTEN) {
        z[index] = 0;
        isListed[index] = false;
      } else {
        z[index] = trace;
        listed[kept++] = index;
      }
    }
    count = kept;
  }

  /** The trace of a weight. */
  double get(int index) {
    return z[index];
  }

  @Override
  public void carry(State state) {
    state.begin("traces", 1);
    state.expect("size", z.length);
    int[] carried = state.carryUpTo("listed", listed, count, z.length);
    state.carry("z", z);
    state.end();
    if (state.restoring()) {
      Arrays.fill(isListed, false);
      count = 0;
      for (int index : carried) {
        if (index < 0 || index >= z.length) {
          throw new StateException(
              "a saved trace is of weight %d of %d".formatted(index, z.length));
        }
        list(index);
      }
    }
  }
}
