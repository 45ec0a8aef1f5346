package org.bellmanrl.env.wrapper;

import java.util.Arrays;
import org.bellmanrl.api.state.State;

/**
 * Mean and sum of squared deviations of the vectors that each row has shown since they were last
 * taken into the statistics of all rows (B. P. Welford, "Note on a Method for Calculating Corrected
 * Sums of Squares and Products", 1962).
 */
final class RowMoments {
  private final double[][] mean;
  private final double[][] squares;
  private final int[] count;

  RowMoments(int rows, int width) {
    this.mean = new double[rows][width];
    this.squares = new double[rows][width];
    this.count = new int[rows];
  }

  /** Counts one more vector of a row, whose elements are then {@linkplain #add added}. */
  void next(int row) {
    count[row]++;
  }

  /** Takes in an element of the row's latest vector. */
  void add(int row, int element, double value) {
    double before = value - mean[row][element];
    mean[row][element] += before / count[row];
    squares[row][element] += before * (value - mean[row][element]);
  }

  /** Moves everything into the statistics of all rows, row by row in order. */
  void moveTo(RunningMoments all) {
    for (int row = 0; row < count.length; row++) {
      if (count[row] > 0) {
        all.update(mean[row], squares[row], count[row]);
        clear(row);
      }
    }
  }

  private void clear(int row) {
    count[row] = 0;
    Arrays.fill(mean[row], 0);
    Arrays.fill(squares[row], 0);
  }

  void carry(State state, int row) {
    state.begin("row-moments", 1);
    count[row] = state.carryWithin("count", count[row], 0, Integer.MAX_VALUE);
    state.carry("mean", mean[row]);
    state.carry("squares", squares[row]);
    state.end();
  }
}
