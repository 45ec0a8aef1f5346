package org.bellmanrl.env.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Mean returns are Gymnasium's. returns.jsonl says what those are: Gymnasium 1.3.0 with pybox2d
 * 2.3.10, its own heuristics or random actions, episode i after {@code reset(seed=i)}, for walkers
 * of a new environment. Random actions come from {@code numpy.random.default_rng(10000 + i)}:
 * {@code integers(4)}, or {@code uniform(-1, 1)} per element as float32; heuristics' actions are
 * cast to float32. The standard error is that of the mean, from the sample variance.
 */
class DistributionTest {
  /** Each environment, both kinds of actions and policies, with and without wind. */
  private static final Set<Integer> QUICK = Set.of(0, 5, 6, 8, 11);

  static Stream<JsonNode> returns() {
    List<JsonNode> all = Trace.lines("returns.jsonl");
    return QUICK.stream().sorted().map(all::get);
  }

  static List<JsonNode> others() {
    List<JsonNode> all = Trace.lines("returns.jsonl");
    return IntStream.range(0, all.size())
        .filter(i -> !QUICK.contains(i))
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("others")
  @Tag("long")
  void play_policyOfGymnasiumWithOtherOptions_meanReturnWithinTwoStandardErrors(JsonNode expected) {
    play_policyOfGymnasium_meanReturnWithinTwoStandardErrors(expected);
  }

  @ParameterizedTest
  @MethodSource("returns")
  void play_policyOfGymnasium_meanReturnWithinTwoStandardErrors(JsonNode expected) {
    int episodes = expected.get("episodes").asInt();
    String policy = expected.get("policy").asString();
    double sum = 0;
    try (Environment environment =
        Environments.make(expected.get("id").asString(), Trace.options(expected.get("options")))) {
      for (int seed = 0; seed < episodes; seed++) {
        sum += Policies.play(environment, policy, seed);
      }
    }
    assertThat(sum / episodes)
        .isCloseTo(
            expected.get("mean_return").asDouble(),
            within(2 * expected.get("standard_error").asDouble()));
  }
}
