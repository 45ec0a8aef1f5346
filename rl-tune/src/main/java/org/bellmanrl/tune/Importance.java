package org.bellmanrl.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The importance of parameters: how much it depends on each of them whether a trial is among the
 * best quarter. It is the Pearson divergence between the densities of that parameter's values among
 * the best and among all trials, as a fraction of the sum over the parameters.
 *
 * <p>Stateless.
 *
 * <p>Source: Watanabe, Bansal and Hutter (2023), "PED-ANOVA", equation 16, with densities by {@link
 * ParzenEstimator} and a quarter in the place of a tenth, of which short studies have too few
 * trials.
 */
public final class Importance {
  private static final int CELLS = 100;
  private static final int BEST_PART = 4;

  /** With fewer trials nothing can be said. */
  private static final int FEWEST = 8;

  private Importance() {}

  /**
   * Returns the importance of each parameter.
   *
   * @param ended trials that have ended, those that were pruned or failed included
   * @return by name; all of them add up to 1, and are 0 if there are too few trials
   */
  public static Map<String, Double> of(SearchSpace space, List<Trial> ended) {
    List<Trial> ranked = new ArrayList<>(ended);
    ranked.sort(Trial.BEST_FIRST);
    Map<String, Double> importance = new LinkedHashMap<>();
    space
        .parameters()
        .forEach((name, distribution) -> {
          List<double[]> all = new ArrayList<>();
          for (Trial trial : ranked) {
            all.add(new double[] {distribution.coordinate(trial.parameters().get(name))});
          }
          importance.put(
              name,
              all.size() < FEWEST
                  ? 0
                  : divergence(distribution, all, all.subList(0, all.size() / BEST_PART)));
        });
    double sum = importance.values().stream().mapToDouble(Double::doubleValue).sum();
    importance.replaceAll((_, divergence) -> sum == 0 ? 0 : divergence / sum);
    return importance;
  }

  private static double divergence(
      Distribution distribution, List<double[]> all, List<double[]> best) {
    int cells = distribution instanceof Distribution.Choice choice ? choice.values().size() : CELLS;
    double[] p = probabilities(distribution, all, cells);
    double[] q = probabilities(distribution, best, cells);
    double divergence = 0;
    for (int i = 0; i < cells; i++) {
      divergence += (q[i] / p[i] - 1) * (q[i] / p[i] - 1) * p[i];
    }
    return divergence;
  }

  private static double[] probabilities(
      Distribution distribution, List<double[]> points, int cells) {
    ParzenEstimator estimator = new ParzenEstimator(List.of(distribution), points);
    double[] densities = new double[cells];
    for (int i = 0; i < cells; i++) {
      densities[i] =
          Math.exp(estimator.logDensity(new double[] {distribution.at((i + 0.5) / cells)}));
    }
    double sum = Arrays.stream(densities).sum();
    for (int i = 0; i < cells; i++) {
      densities[i] /= sum;
    }
    return densities;
  }
}
