package org.bellmanrl.results.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.bellmanrl.api.random.RandomStream;

/**
 * Confidence intervals of estimates by the percentile bootstrap: the runs are resampled with
 * replacement, and the interval holds the middle of the estimates of these samples. Scores in
 * strata (the runs on each task) are drawn within their stratum.
 *
 * <p>Intervals of a few runs are too narrow, because what never happened can't be drawn.
 *
 * <p>The same arguments give the same interval: each call restarts its random stream.
 *
 * <p>Immutable.
 *
 * <p>Source: Efron (1979); Agarwal et al. (2021), section 4.1.
 *
 * @param repetitions number of samples, at least 1
 * @param confidence probability that the interval holds the true value, in (0, 1)
 * @param seed of the random stream, at least 0
 */
public record Bootstrap(int repetitions, double confidence, long seed) {
  /** 95 % intervals from 10,000 repetitions. */
  public static final Bootstrap DEFAULT = new Bootstrap(10_000, 0.95, 0);

  public Bootstrap {
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be at least 1, was " + repetitions);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), was " + confidence);
    }
    if (seed < 0) {
      throw new IllegalArgumentException("seed must be at least 0, was " + seed);
    }
  }

  /**
   * Returns the interval of an estimate.
   *
   * @param estimate gets a sample of the scores, which it must not change
   * @throws IllegalArgumentException if there are no scores, or one is NaN
   */
  public Interval interval(double[] scores, ToDoubleFunction<double[]> estimate) {
    return interval(List.of(scores), estimate);
  }

  /**
   * Returns the interval of an estimate from scores in strata.
   *
   * @param strata at least one, each with at least one score
   * @param estimate gets samples of all strata one after the other, which it must not change
   * @throws IllegalArgumentException if a stratum has no scores, or a score is NaN
   */
  public Interval interval(List<double[]> strata, ToDoubleFunction<double[]> estimate) {
    int size = 0;
    for (double[] stratum : strata) {
      Estimates.requireScores(stratum);
      size += stratum.length;
    }
    double[] drawn = new double[size];
    double[] estimates = new double[repetitions];
    RandomStream random = RandomStream.ofSeed(seed);
    for (int i = 0; i < repetitions; i++) {
      int at = 0;
      for (double[] stratum : strata) {
        at = draw(stratum, random, drawn, at);
      }
      estimates[i] = estimate.applyAsDouble(drawn);
    }
    return middle(estimates);
  }

  /**
   * Returns the interval of a comparison of two kinds of runs, both resampled.
   *
   * @param comparison gets a sample of each kind, which it must not change
   * @throws IllegalArgumentException if there are no scores of a kind, or one is NaN
   */
  public Interval interval(
      double[] scores, double[] others, ToDoubleBiFunction<double[], double[]> comparison) {
    Estimates.requireScores(scores);
    Estimates.requireScores(others);
    double[] drawn = new double[scores.length];
    double[] drawnOthers = new double[others.length];
    double[] estimates = new double[repetitions];
    RandomStream random = RandomStream.ofSeed(seed);
    for (int i = 0; i < repetitions; i++) {
      draw(scores, random, drawn, 0);
      draw(others, random, drawnOthers, 0);
      estimates[i] = comparison.applyAsDouble(drawn, drawnOthers);
    }
    return middle(estimates);
  }

  private static int draw(double[] from, RandomStream random, double[] into, int start) {
    int at = start;
    for (int i = 0; i < from.length; i++) {
      into[at++] = from[random.integers(from.length)];
    }
    return at;
  }

  private Interval middle(double[] estimates) {
    Arrays.sort(estimates);
    double tail = (1 - confidence) / 2;
    return new Interval(
        Estimates.percentile(estimates, tail), Estimates.percentile(estimates, 1 - tail));
  }
}
