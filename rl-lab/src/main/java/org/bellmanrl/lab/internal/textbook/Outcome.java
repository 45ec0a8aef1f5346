package org.bellmanrl.lab.internal.textbook;

/**
 * What came of the runs of a setting: for each number that a run gives, its mean and variance.
 *
 * <p>Summed in the order of the runs, whichever threads they ran on. Immutable.
 */
final class Outcome {
  private final double[] mean;
  private final double[] variance;
  private final int runs;

  Outcome(double[][] numbers) {
    this.runs = numbers.length;
    int width = numbers[0].length;
    this.mean = new double[width];
    this.variance = new double[width];
    for (double[] run : numbers) {
      for (int i = 0; i < width; i++) {
        mean[i] += run[i] / runs;
      }
    }
    if (runs > 1) {
      for (double[] run : numbers) {
        for (int i = 0; i < width; i++) {
          double deviation = run[i] - mean[i];
          variance[i] += deviation * deviation / (runs - 1);
        }
      }
    }
  }

  int size() {
    return mean.length;
  }

  double mean(int i) {
    return mean[i];
  }

  /** Of a single run. */
  double variance(int i) {
    return variance[i];
  }

  /** Of the mean. */
  double standardError(int i) {
    return Math.sqrt(variance[i] / runs);
  }

  /** The largest mean of a range. */
  int largest(int from, int to) {
    int largest = from;
    for (int i = from + 1; i < to; i++) {
      largest = mean[i] > mean[largest] ? i : largest;
    }
    return largest;
  }
}
