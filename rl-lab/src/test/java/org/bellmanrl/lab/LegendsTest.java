package org.bellmanrl.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.space.Discrete;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the numbers of the built-in tasks mean is said for all of them. */
class LegendsTest {
  static Stream<EnvironmentEntry> tasks() {
    return Registry.builder()
        .discover(ClassLoader.getSystemClassLoader())
        .build()
        .all(EnvironmentEntry.class)
        .stream()
        .filter(entry -> !entry.id().endsWith("Custom-v0"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void task_saysWhatItsNumbersMean(EnvironmentEntry entry) {
    try (Environment environment = entry.create(Map.of())) {
      EnvironmentSpec spec = environment.spec();

      assertThat(spec.legend().reward()).isNotBlank();
      // Tasks for tests of learners have numbers that mean nothing.
      if (entry.id().endsWith("Task-v1")) {
        return;
      }
      assertThat(spec.legend().observations()).isNotEmpty();
      if (spec.actionSpace() instanceof Discrete
          && !entry
              .id()
              .matches(
                  ".*(TenArmed|Context|Gambler|Bias|CountRecall|RepeatPrevious|Memory|Identity|EndlessReward|TwoState).*")) {
        assertThat(spec.legend().actions()).isNotEmpty();
      }
    } catch (UnavailableException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void envs_ofATask_explainsIt() {
    assertThat(Rl.ok("envs", "LunarLander-v3"))
        .contains("    4  angle, rad", "    2  main engine, up", "  reward        A step pays");
  }
}
