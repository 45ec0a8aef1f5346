package org.bellmanrl.examples.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.tabular.dp.FiniteHorizon;
import org.bellmanrl.tabular.dp.Occupancy;
import org.bellmanrl.tabular.dp.PolicyEvaluation;
import org.bellmanrl.tabular.dp.PolicyIteration;
import org.bellmanrl.tabular.dp.PolicyReturn;
import org.bellmanrl.tabular.dp.SweepOrder;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dynamic programming on the exact models of our environments gives the known values. */
final class ExactValuesTest {
  private static FiniteModel model(String id, Map<String, ?> options) {
    Registry registry = Registry.builder().discover(ExactValuesTest.class.getClassLoader()).build();
    EnvironmentEntry entry = registry.get(EnvironmentEntry.class, id);
    try (Environment environment = entry.create(options)) {
      return environment.capability(Modelled.class).orElseThrow().model();
    }
  }

  private static ValueIteration solved(FiniteModel model, double gamma, SweepOrder order) {
    ValueIteration iteration =
        new ValueIteration(model, new ValueIteration.Config(gamma, 1e-12, order, 1_000_000));
    iteration.run();
    return iteration;
  }

  @ParameterizedTest
  @CsvSource({
    "FrozenLake-v1, 0.95, 0.180472",
    "FrozenLake-v1, 0.99, 0.542026",
    "FrozenLake-v1, 1, 0.823529",
    "FrozenLake8x8-v1, 0.95, 0.048250",
    "FrozenLake8x8-v1, 0.99, 0.414640",
    "FrozenLake8x8-v1, 1, 1.0",
    "CliffWalking-v1, 1, -13",
    "CliffWalkingSlippery-v1, 1, -64.709",
    "Taxi-v4, 1, 7.93",
  })
  void startValue_byEveryMethod_isTheKnownOne(String id, double gamma, double known) {
    FiniteModel model = model(id, Map.of());
    double tolerance = id.startsWith("Taxi") ? 0.005 : id.contains("Slippery") ? 5e-4 : 1e-6;
    for (SweepOrder order : SweepOrder.values()) {
      assertThat(solved(model, gamma, order).startValue())
          .as("value iteration, %s", order)
          .isCloseTo(known, within(tolerance));
    }
    PolicyIteration iteration =
        new PolicyIteration(model, PolicyIteration.Config.defaults().withGamma(gamma));
    iteration.run();
    assertThat(iteration.startValue()).as("policy iteration").isCloseTo(known, within(tolerance));
    PolicyReturn policy =
        new PolicyReturn(model, iteration.policy(), PolicyEvaluation.Config.of(gamma));
    assertThat(policy.mean()).as("policy evaluation").isCloseTo(known, within(tolerance));
    if (gamma == 1 && id.startsWith("FrozenLake")) {
      // A return of 0 or 1.
      assertThat(policy.variance()).isCloseTo(known * (1 - known), within(2e-6));
    }
    if (id.equals("CliffWalking-v1")) {
      assertThat(policy.variance()).isCloseTo(0, within(1e-9));
      assertThat(new Occupancy(model, iteration.policy(), 1).steps()).isCloseTo(13, within(1e-9));
    }
  }

  @Test
  void blackjack_optimalPlay_losesAsKnown() {
    FiniteModel model = model("Blackjack-v1", Map.of("natural", false, "sab", false));

    assertThat(solved(model, 1, SweepOrder.GAUSS_SEIDEL).startValue())
        .isCloseTo(-0.046556, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"FrozenLake-v1, 100, 0.7442", "FrozenLake8x8-v1, 200, 0.9132"})
  void finiteHorizon_bestSuccessWithinTheLimit_isTheKnownOne(String id, int limit, double known) {
    FiniteHorizon horizon = new FiniteHorizon(model(id, Map.of()), 1, limit);

    assertThat(horizon.startValue(limit)).isCloseTo(known, within(5e-5));
    // A longer way to go is never worse.
    for (int n : List.of(limit / 4, limit / 2, limit)) {
      assertThat(horizon.startValue(n)).isGreaterThan(horizon.startValue(n / 2));
    }
  }
}
