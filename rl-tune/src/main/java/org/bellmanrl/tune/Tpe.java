package org.bellmanrl.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;

/**
 * Tree-structured Parzen estimator over all parameters together: of points drawn where the best
 * trials lie (density l), the one where the others are rarest (density g), which maximises l / g
 * and with it the expected improvement.
 *
 * <p>Source: Bergstra, Bardenet, Bengio and Kégl (2011), "Algorithms for hyper-parameter
 * optimization"; {@link ParzenEstimator} for the densities. Settings are those of Optuna: ten
 * random trials first, a tenth of the trials, at most 25, as the best, 24 points to choose from.
 * Departure: trials whose results don't count yet are among the others, so that trials side by side
 * differ (Optuna's {@code constant_liar}).
 */
final class Tpe implements Sampler {
  private static final int STARTUP = 10;
  private static final double BEST_PART = 0.1;
  private static final int MOST_BEST = 25;
  private static final int CANDIDATES = 24;

  private final SearchSpace space;
  private final List<Distribution> distributions;
  private final Sampler startup;

  Tpe(SearchSpace space) {
    this.space = space;
    this.distributions = List.copyOf(space.parameters().values());
    this.startup = Sampler.random(space);
  }

  @Override
  public double[] suggest(
      int number, List<Trial> ended, List<double[]> begun, RandomStream random) {
    if (ended.size() < STARTUP) {
      return startup.suggest(number, ended, begun, random);
    }
    List<Trial> ranked = new ArrayList<>(ended);
    ranked.sort(Trial.BEST_FIRST);
    int best = Math.min(MOST_BEST, (int) Math.ceil(BEST_PART * ranked.size()));
    List<double[]> others = points(ranked.subList(best, ranked.size()));
    others.addAll(begun);
    ParzenEstimator l = new ParzenEstimator(distributions, points(ranked.subList(0, best)));
    ParzenEstimator g = new ParzenEstimator(distributions, others);
    double[] chosen = l.sample(random);
    double most = l.logDensity(chosen) - g.logDensity(chosen);
    for (int i = 1; i < CANDIDATES; i++) {
      double[] candidate = l.sample(random);
      double ratio = l.logDensity(candidate) - g.logDensity(candidate);
      if (ratio > most) {
        most = ratio;
        chosen = candidate;
      }
    }
    return chosen;
  }

  private List<double[]> points(List<Trial> trials) {
    List<double[]> points = new ArrayList<>();
    trials.stream()
        .sorted(Comparator.comparingInt(Trial::number))
        .forEach(trial -> points.add(space.point(trial.parameters())));
    return points;
  }
}
