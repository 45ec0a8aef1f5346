package org.bellmanrl.tune;

import java.util.Arrays;
import java.util.List;

/**
 * Ends trials early that are not worth the rest of their training.
 *
 * <p>The pruners here are stateless: what they answer depends on their arguments only.
 */
public interface Pruner {

  /** Returns the parts of the training after which trials are judged, ascending; the last is 1. */
  List<Double> parts();

  /**
   * Returns whether a trial is to end.
   *
   * @param results its results so far, not after the last part
   * @param ended earlier trials that have ended
   */
  boolean ends(List<Double> results, List<Trial> ended);

  /** Returns a pruner that ends no trial early. */
  static Pruner none() {
    return new Pruner() {
      @Override
      public List<Double> parts() {
        return List.of(1.0);
      }

      @Override
      public boolean ends(List<Double> results, List<Trial> ended) {
        return false;
      }
    };
  }

  /**
   * Returns a pruner that ends a trial whose best result is below the median of the others' after
   * as much training. Source: Golovin et al. (2017), "Google Vizier", section 3.2.2, with the
   * results themselves in the place of their running averages.
   */
  static Pruner median() {
    return new Pruner() {
      private static final int FEWEST = 5;

      @Override
      public List<Double> parts() {
        return List.of(0.2, 0.4, 0.6, 0.8, 1.0);
      }

      @Override
      public boolean ends(List<Double> results, List<Trial> ended) {
        double[] others = resultsAt(results.size() - 1, ended);
        if (others.length < FEWEST) {
          return false;
        }
        int middle = others.length / 2;
        double median =
            others.length % 2 == 1 ? others[middle] : (others[middle - 1] + others[middle]) / 2;
        return results.stream().allMatch(result -> result < median);
      }
    };
  }

  /**
   * Returns the pruner of asynchronous successive halving: of the trials that came so far, the best
   * third goes on to three times as much training. A trial that comes when few have is judged by
   * those few. Source: Li et al. (2020), "A system for massively parallel hyperparameter tuning";
   * departure: a trial that was ended is not taken up again when others turn out to be worse.
   */
  static Pruner halving() {
    return new Pruner() {
      private static final int FACTOR = 3;

      @Override
      public List<Double> parts() {
        return List.of(1.0 / (FACTOR * FACTOR), 1.0 / FACTOR, 1.0);
      }

      @Override
      public boolean ends(List<Double> results, List<Trial> ended) {
        double[] others = resultsAt(results.size() - 1, ended);
        int better = 0;
        for (double other : others) {
          better += other > results.getLast() ? 1 : 0;
        }
        return better >= Math.max(1, (others.length + 1) / FACTOR);
      }
    };
  }

  /** What trials brought after a part of the training, ascending. */
  private static double[] resultsAt(int part, List<Trial> ended) {
    double[] results =
        ended.stream()
            .filter(trial -> trial.results().size() > part)
            .mapToDouble(trial -> trial.results().get(part))
            .toArray();
    Arrays.sort(results);
    return results;
  }
}
