package org.bellmanrl.bench.env;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;

/**
 * Environments as one would write them for a single use: a loop over arrays, the arithmetic in the
 * middle, a reset where an episode ends. The yardstick for the ones behind the SPI.
 */
abstract class BareLoop {
  final int rows;
  final int width;
  final RandomStream[] random;
  final float[] observation;
  final double[] reward;
  final boolean[] terminated;

  BareLoop(int rows, int width) {
    this.rows = rows;
    this.width = width;
    this.random = new RandomStream[rows];
    for (int row = 0; row < rows; row++) {
      random[row] = RandomStream.ofSeed(row);
    }
    this.observation = new float[rows * width];
    this.reward = new double[rows];
    this.terminated = new boolean[rows];
  }

  /** Begins an episode. */
  abstract void reset(int row);

  /** Takes an action in each row. */
  abstract void stepAll(Columns actions);

  /** Takes one action after the other in row 0. */
  abstract void stepOne(Columns actions);

  final void resetAll() {
    for (int row = 0; row < rows; row++) {
      reset(row);
    }
  }
}
