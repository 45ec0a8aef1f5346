package org.bellmanrl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.results.document.Document;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          Document.parse(
              "test", "parameters: {much: 'uniform:0:1', little: 'log:1e-4:1', none: [a, b, c]}"));

  private static List<Trial> trials(int count) {
    List<Trial> trials = new ArrayList<>();
    RandomStream random = RandomStream.ofSeed(0);
    Sampler sampler = Sampler.random(SPACE);
    for (int i = 0; i < count; i++) {
      Map<String, Object> values = SPACE.values(sampler.suggest(i, List.of(), List.of(), random));
      double result = 10 * (double) values.get("much") + Math.log10((double) values.get("little"));
      trials.add(Trial.begin(i, values).with(result).ended(Trial.State.COMPLETE, "", 0));
    }
    return trials;
  }

  @Test
  void importance_followsWhatTheResultDependsOn() {
    Map<String, Double> importance = Importance.of(SPACE, trials(200));
    assertThat(importance).containsOnlyKeys("much", "little", "none");
    assertThat(importance.values().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-9));
    assertThat(importance.get("much")).isGreaterThan(0.7);
    assertThat(importance.get("little")).isGreaterThan(importance.get("none"));
  }

  @Test
  void importance_ofTooFewTrials_isZero() {
    assertThat(Importance.of(SPACE, trials(7))).containsEntry("much", 0.0);
  }
}
