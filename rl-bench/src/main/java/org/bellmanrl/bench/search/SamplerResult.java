package org.bellmanrl.bench.search;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;

/**
 * What a sampler has found.
 *
 * @param sampler how the page calls it
 * @param least what the best trial of each study is judged by, for every function
 */
record SamplerResult(String sampler, Map<SearchFunction, List<Double>> least) {
  SamplerResult {
    least = Map.copyOf(least);
  }

  double[] of(SearchFunction function) {
    return Objects.requireNonNull(least.get(function)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** How probably a study finds less than one of another sampler. */
  double probability(SearchFunction function, SamplerResult other) {
    return Estimates.probabilityOfImprovement(other.of(function), of(function));
  }

  /** The 95 % interval of that. */
  Interval interval(SearchFunction function, SamplerResult other) {
    return Bootstrap.DEFAULT.interval(
        other.of(function), of(function), Estimates::probabilityOfImprovement);
  }
}
