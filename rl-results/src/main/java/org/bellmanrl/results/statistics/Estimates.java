package org.bellmanrl.results.statistics;

import java.util.Arrays;

/**
 * Point estimates from the scores of several runs. A score may be anything of which more is better,
 * such as the mean return of a run's policy.
 *
 * <p>All methods leave the scores unchanged, and throw an {@link IllegalArgumentException} if there
 * are none or one is NaN.
 *
 * <p>Stateless.
 */
public final class Estimates {
  private Estimates() {}

  /** The mean. */
  public static double mean(double... scores) {
    requireScores(scores);
    return mean(scores, 0, scores.length);
  }

  /** The median: of an even number of scores, the mean of the two in the middle. */
  public static double median(double... scores) {
    requireScores(scores);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The standard deviation of the population. */
  public static double deviation(double... scores) {
    double mean = mean(scores);
    double squares = 0;
    for (double score : scores) {
      squares += (score - mean) * (score - mean);
    }
    return Math.sqrt(squares / scores.length);
  }

  /**
   * The interquartile mean: of what is left without the lowest and the highest quarter of the
   * scores, each rounded down. A few very good or bad runs move it less than the mean, and it
   * wastes less than the median.
   *
   * <p>Source: Agarwal et al. (2021), section 4.3.
   */
  public static double interquartileMean(double... scores) {
    requireScores(scores);
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 4;
    return mean(sorted, cut, sorted.length - cut);
  }

  /**
   * The probability that a run of one kind does better than one of another, both chosen at random:
   * a tie counts half. That is the U statistic of Mann and Whitney (1947) divided by the number of
   * pairs.
   *
   * <p>Source: Agarwal et al. (2021), section 4.3.
   *
   * @param scores of the one kind
   * @param others of the kind that it is compared with
   * @return a number in [0, 1]
   */
  public static double probabilityOfImprovement(double[] scores, double[] others) {
    requireScores(scores);
    requireScores(others);
    long halves = 0;
    for (double score : scores) {
      for (double other : others) {
        halves += score > other ? 2 : score == other ? 1 : 0;
      }
    }
    return halves / (2.0 * scores.length * others.length);
  }

  /**
   * The fraction of runs whose score is above a threshold: one point of a performance profile.
   *
   * <p>Source: Agarwal et al. (2021), section 4.2.
   */
  public static double fractionAbove(double threshold, double... scores) {
    requireScores(scores);
    int above = 0;
    for (double score : scores) {
      above += score > threshold ? 1 : 0;
    }
    return (double) above / scores.length;
  }

  /**
   * A percentile, interpolated linearly between the two nearest values (NumPy's default).
   *
   * @param sorted ascending
   * @param fraction in [0, 1]
   */
  static double percentile(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    double rest = place - below;
    double low = sorted[below];
    // The upper neighbour is not there at the end; nor wanted, and an infinity would spoil the sum.
    return rest == 0 ? low : low + rest * (sorted[below + 1] - low);
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  static void requireScores(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("there must be at least one score");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("scores must be numbers, score " + i + " was NaN");
      }
    }
  }
}
