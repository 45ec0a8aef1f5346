package org.bellmanrl.bench.learning;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;

/**
 * Numbers that stand for the results of several seeds.
 *
 * <p>Source: Agarwal et al., <i>Deep Reinforcement Learning at the Edge of the Statistical
 * Precipice</i> (2021), sections 4.1 and 4.3.
 */
final class Scores {
  private static final int REPETITIONS = 10_000;
  private static final double TAIL = 0.025;

  private final double[] sorted;

  Scores(double... scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("there must be at least one score");
    }
    this.sorted = scores.clone();
    Arrays.sort(sorted);
  }

  double mean() {
    return mean(sorted, 0);
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  double median() {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The mean of the middle half: without the lowest and the highest quarter, rounded down. */
  double interquartileMean() {
    return mean(sorted, sorted.length / 4);
  }

  /**
   * The 95 % interval of the interquartile mean by the percentile bootstrap: how it moves when as
   * many seeds are drawn anew, with replacement. Of few seeds it comes out too narrow.
   *
   * @return the lower and the upper end; the same at every call
   */
  double[] interval() {
    RandomStream random = RandomStream.ofSeed(0);
    double[] drawn = new double[sorted.length];
    double[] means = new double[REPETITIONS];
    for (int i = 0; i < REPETITIONS; i++) {
      for (int k = 0; k < drawn.length; k++) {
        drawn[k] = sorted[random.integers(sorted.length)];
      }
      Arrays.sort(drawn);
      means[i] = mean(drawn, drawn.length / 4);
    }
    Arrays.sort(means);
    int cut = (int) (TAIL * REPETITIONS);
    return new double[] {means[cut], means[REPETITIONS - 1 - cut]};
  }

  private static double mean(double[] ascending, int cut) {
    double sum = 0;
    for (int i = cut; i < ascending.length - cut; i++) {
      sum += ascending[i];
    }
    return sum / (ascending.length - 2 * cut);
  }
}
