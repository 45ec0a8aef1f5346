package org.bellmanrl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.results.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
  private static SearchSpace space(String parameters) {
    return SearchSpace.of(Document.parse("test", "parameters: {" + parameters + "}"));
  }

  /** Functions of a point that are to be as large as possible. */
  enum Task {
    SPHERE(
        "x: 'uniform:-5:5', y: 'uniform:-5:5', rate: 'log:1e-5:1', n: 'whole:1:8', kind: [a, b]") {
      @Override
      double value(Map<String, Object> values) {
        double x = (double) values.get("x") - 1;
        double y = (double) values.get("y") + 2;
        return -x * x - y * y;
      }
    },
    MIXED(
        "x: 'uniform:-5:5', y: 'uniform:-5:5', rate: 'log:1e-5:1', n: 'whole:1:8', kind: [a, b]") {
      @Override
      double value(Map<String, Object> values) {
        double rate = Math.log10((double) values.get("rate")) + 3;
        double n = (long) values.get("n") - 6;
        return -rate * rate - n * n / 4 - (values.get("kind").equals("b") ? 0 : 1);
      }
    };

    private final String parameters;

    Task(String parameters) {
      this.parameters = parameters;
    }

    abstract double value(Map<String, Object> values);
  }

  /** The best value of each study. */
  private static double[] best(Function<SearchSpace, Sampler> samplers, Task task) {
    SearchSpace space = space(task.parameters);
    double[] best = new double[20];
    for (int study = 0; study < best.length; study++) {
      Sampler sampler = samplers.apply(space);
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        RandomStream random = RandomStream.ofSeed(study, i);
        Map<String, Object> values =
            space.values(sampler.suggest(i, List.copyOf(trials), List.of(), random));
        trials.add(
            Trial.begin(i, values).with(task.value(values)).ended(Trial.State.COMPLETE, "", 0));
      }
      best[study] = trials.stream().mapToDouble(Trial::result).max().orElseThrow();
    }
    Arrays.sort(best);
    return best;
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void tpe_isBetterThanChance(Task task) {
    double[] tpe = best(Tpe::new, task);
    double[] random = best(Sampler::random, task);
    // Of 20 studies each, the median is better than the three best random ones.
    assertThat(tpe[10]).isGreaterThan(random[17]);
  }

  @Test
  void tpe_withTrialsThatFailed_avoidsThem() {
    SearchSpace space = space("x: 'uniform:0:1'");
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Trial trial = Trial.begin(i, Map.of("x", (i + 0.5) / 20));
      trials.add(
          i < 10
              ? trial.ended(Trial.State.FAILED, "diverged", 0)
              : trial.with(1).ended(Trial.State.COMPLETE, "", 0));
    }
    RandomStream random = RandomStream.ofSeed(0);
    int high = 0;
    for (int i = 0; i < 100; i++) {
      high += new Tpe(space).suggest(20, trials, List.of(), random)[0] > 0.5 ? 1 : 0;
    }
    assertThat(high).isGreaterThan(80);
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 64", "1, 3, 81", "2, 5, 125"})
  void halton_ofAPowerOfItsPrime_isOnceInEachPart(int parameter, int prime, int points) {
    SearchSpace space = space("x: 'uniform:0:1', y: 'uniform:0:1', z: 'uniform:0:1'");
    Sampler halton = new Halton(space, j -> RandomStream.ofSeed(3, j));
    boolean[] seen = new boolean[points];
    for (int i = 0; i < points; i++) {
      double at = halton.suggest(i, List.of(), List.of(), RandomStream.ofSeed(0))[parameter];
      int part = (int) (at * points);
      assertThat(seen[part]).as("part %d of base %d", part, prime).isFalse();
      seen[part] = true;
    }
  }

  @Test
  void parzen_densities_addUpToOne() {
    List<Distribution> one =
        List.of(
            Distribution.of("x", "uniform:-1:2"),
            Distribution.of("n", "whole:1:4"),
            Distribution.of("kind", List.of("a", "b", "c")));
    ParzenEstimator estimator =
        new ParzenEstimator(
            one,
            List.of(new double[] {-1, 4, 0}, new double[] {0.5, 2, 0}, new double[] {1.9, 1, 2}));
    int cells = 2000;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      for (int n = 1; n <= 4; n++) {
        for (int kind = 0; kind < 3; kind++) {
          double x = -1 + 3 * (i + 0.5) / cells;
          sum += Math.exp(estimator.logDensity(new double[] {x, n, kind})) * 3 / cells;
        }
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void parzen_samples_areAsFrequentAsItsDensitySays() {
    List<Distribution> one =
        List.of(Distribution.of("n", "whole:1:4"), Distribution.of("kind", List.of("a", "b")));
    ParzenEstimator estimator =
        new ParzenEstimator(one, List.of(new double[] {4, 0}, new double[] {2, 0}));
    Map<String, Integer> counts = new TreeMap<>();
    RandomStream random = RandomStream.ofSeed(5);
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      counts.merge(Arrays.toString(estimator.sample(random)), 1, Integer::sum);
    }
    for (int n = 1; n <= 4; n++) {
      for (int kind = 0; kind < 2; kind++) {
        double[] point = {n, kind};
        double expected = Math.exp(estimator.logDensity(point));
        // Five standard deviations.
        assertThat(counts.getOrDefault(Arrays.toString(point), 0) / (double) draws)
            .isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / draws)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1.959963984540054, 1.959963984540054, 0.95",
    "0, 1, 0.3413447460685429",
    "-8, 0, 0.5",
    "-30, 30, 1",
    "2, 3, 0.02140023391654910"
  })
  void normal_between_isTheKnownProbability(double low, double high, double expected) {
    assertThat(Normal.between(low, high)).isCloseTo(expected, within(1e-14));
  }
}
