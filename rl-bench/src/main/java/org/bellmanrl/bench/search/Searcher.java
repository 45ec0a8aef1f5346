package org.bellmanrl.bench.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.tune.Sampler;
import org.bellmanrl.tune.SearchSpace;
import org.bellmanrl.tune.Trial;
import org.jspecify.annotations.Nullable;

/**
 * A sampler of ours.
 *
 * @param title how the page calls it
 * @param sampler its name for {@code --sampler}
 * @param lag how many trials before one have no result when it is chosen, plus 1
 */
record Searcher(String title, String sampler, int lag) {
  /** All of them; the first is the one that is compared. */
  static final List<Searcher> ALL =
      List.of(
          new Searcher("TPE", "tpe", 1),
          new Searcher("TPE, two side by side", "tpe", 4),
          new Searcher("quasi-random", "quasi-random", 1),
          new Searcher("random", "random", 1));

  /**
   * Carries out a study.
   *
   * @return what the trial of the least value is judged by
   */
  double least(SearchFunction function, int study, int count) {
    SearchSpace space = function.space();
    Sampler chooser = Sampler.of(sampler, space, i -> RandomStream.ofSeed(study, count, i));
    List<Trial> trials = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double[] best = {};
    for (int i = 0; i < count; i++) {
      int counted = Math.max(0, i - lag + 1);
      double[] point =
          chooser.suggest(
              i,
              List.copyOf(trials.subList(0, counted)),
              List.copyOf(points.subList(counted, i)),
              RandomStream.ofSeed(study, i));
      Map<String, @Nullable Object> values = space.values(point);
      double[] parameters = parameters(space, values);
      double value = function.of(parameters);
      trials.add(Trial.begin(i, values).with(-value).ended(Trial.State.COMPLETE, "", 0));
      points.add(space.point(values));
      if (value < least) {
        least = value;
        best = parameters;
      }
    }
    return function.judged(best);
  }

  /** The parameters in the order of the space. */
  private static double[] parameters(
      SearchSpace space, Map<String, ? extends @Nullable Object> values) {
    return space.parameters().keySet().stream()
        .mapToDouble(name -> ((Number) Objects.requireNonNull(values.get(name))).doubleValue())
        .toArray();
  }
}
