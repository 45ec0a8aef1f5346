package org.bellmanrl.tabular.dp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Entries;
import org.bellmanrl.tabular.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ValueIterationTest {
  private static ValueIteration solved(FiniteModel model, SweepOrder order, double gamma) {
    ValueIteration iteration =
        new ValueIteration(
            model, ValueIteration.Config.defaults().withGamma(gamma).withOrder(order));
    iteration.run();
    return iteration;
  }

  @ParameterizedTest
  @EnumSource
  void run_nowOrLater_dependsOnTheDiscount(SweepOrder order) {
    ValueIteration patient = solved(Examples.patience(), order, 0.5);
    assertThat(patient.value(0)).isEqualTo(1.5);
    assertThat(patient.policy().likeliest(0)).isEqualTo(1);
    ValueIteration hasty = solved(Examples.patience(), order, 0.25);
    assertThat(hasty.value(0)).isEqualTo(1);
    assertThat(hasty.value(0, 1)).isEqualTo(0.75);
    assertThat(hasty.policy().likeliest(0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void run_gambler_givesTheExactChancesOfBoldPlay(SweepOrder order) {
    ValueIteration iteration = solved(Examples.gambler(0.4), order, 1);

    // Bold play: p at 50, p² at 25, p + (1 − p) p at 75, and p³ at 12.5, halved or doubled.
    assertThat(iteration.startValue()).isCloseTo(0.4, within(1e-9));
    assertThat(iteration.value(25)).isCloseTo(0.16, within(1e-9));
    assertThat(iteration.value(75)).isCloseTo(0.64, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void run_grid_isTheDistanceToTheNearestEnd(SweepOrder order) {
    ValueIteration iteration = solved(Examples.grid(), order, 1);
    for (int s = 0; s < 16; s++) {
      int first = s / 4 + s % 4;
      assertThat(iteration.value(s)).isEqualTo(-Math.min(first, 6 - first));
    }
  }

  @Test
  void sweep_once_differsByOrder() {
    ValueIteration synchronous =
        new ValueIteration(
            Examples.patience(), new ValueIteration.Config(1, 0.1, SweepOrder.SYNCHRONOUS, 100));
    ValueIteration inPlace =
        new ValueIteration(
            Examples.patience(), new ValueIteration.Config(1, 0.1, SweepOrder.GAUSS_SEIDEL, 100));
    ValueIteration prioritised =
        new ValueIteration(
            Examples.patience(), new ValueIteration.Config(1, 0.1, SweepOrder.PRIORITISED, 100));

    assertThat(synchronous.sweep()).isEqualTo(3);
    assertThat(synchronous.value(0)).isEqualTo(1);
    inPlace.sweep();
    assertThat(inPlace.value(0)).isEqualTo(1);
    // State 1 is further off and so comes first: two backups are enough.
    assertThat(prioritised.sweep()).isZero();
    assertThat(prioritised.value(0)).isEqualTo(3);
  }

  @Test
  void policyIteration_examples_agreesWithValueIteration() {
    for (FiniteModel model :
        new FiniteModel[] {Examples.grid(), Examples.patience(), Examples.gambler(0.4)}) {
      for (double gamma : new double[] {0.5, 0.9, 1}) {
        PolicyIteration policies =
            new PolicyIteration(model, PolicyIteration.Config.defaults().withGamma(gamma));
        policies.run();
        ValueIteration values = solved(model, SweepOrder.GAUSS_SEIDEL, gamma);
        PolicyEvaluation greedy =
            new PolicyEvaluation(
                model, policies.policy(), new PolicyEvaluation.Config(gamma, 1e-12, 100_000));
        greedy.run();
        for (int s = 0; s < model.states(); s++) {
          assertThat(policies.value(s)).isCloseTo(values.value(s), within(1e-8));
          assertThat(greedy.value(s)).isCloseTo(values.value(s), within(1e-8));
        }
        assertThat(policies.startValue()).isCloseTo(values.startValue(), within(1e-8));
      }
    }
  }

  @Test
  void policyIteration_nowOrLater_improvesOnce() {
    PolicyIteration iteration =
        new PolicyIteration(Examples.patience(), PolicyIteration.Config.defaults());
    iteration.run();

    // The first policy ends at once; the second look finds nothing better.
    assertThat(iteration.improvements()).isEqualTo(2);
    assertThat(iteration.policy().likeliest(0)).isEqualTo(1);
  }

  @Test
  void finiteHorizon_geometric_countsTheSteps() {
    FiniteHorizon horizon = new FiniteHorizon(Examples.geometric(), 1, 3);
    // One step: 1.5 by action 0; then 1.5 + 0.5 V.
    assertThat(horizon.value(0, 0)).isZero();
    assertThat(horizon.value(1, 0)).isEqualTo(1.5);
    assertThat(horizon.value(2, 0)).isEqualTo(2.25);
    assertThat(horizon.startValue(3)).isEqualTo(2.625);
    FiniteHorizon patience = new FiniteHorizon(Examples.patience(), 1, 2);
    assertThat(patience.action(1, 0)).isZero();
    assertThat(patience.action(2, 0)).isEqualTo(1);
    assertThatThrownBy(() -> new FiniteHorizon(Examples.patience(), 1, 0))
        .hasMessage("horizon must be at least 1 step, was 0");
    assertThatThrownBy(() -> new FiniteHorizon(Examples.patience(), -0.5, 1))
        .hasMessage("gamma must be in [0, 1], was -0.5");
  }

  @Test
  void create_noEndWithinReach_isRefused() {
    assertThatThrownBy(() -> solved(Examples.endless(), SweepOrder.GAUSS_SEIDEL, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value iteration with gamma = 1 needs an end within reach")
        .hasMessageContaining("from state 1 no action ever leads to one");
    assertThatThrownBy(() ->
            new PolicyIteration(Examples.endless(), PolicyIteration.Config.defaults().withGamma(1)))
        .hasMessageContaining("policy iteration with gamma = 1");
    assertThat(solved(Examples.endless(), SweepOrder.GAUSS_SEIDEL, 0.9).value(1))
        .isCloseTo(-10, within(1e-8));
  }

  @Test
  void run_loopThatPays_saysSoAfterTheLimit() {
    ValueIteration iteration =
        new ValueIteration(
            Examples.fountain(), new ValueIteration.Config(1, 1e-9, SweepOrder.SYNCHRONOUS, 1000));
    assertThatThrownBy(iteration::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after 1000 sweeps, the last of which changed a value by 1.0")
        .hasMessageContaining("use gamma < 1");
  }

  @Test
  void learner_withoutModel_isRefused() {
    EnvironmentSpec spec = Tasks.chain();
    assertThatThrownBy(() ->
            Entries.learner("value-iteration")
                .create(Tasks.context(spec, 1), ValueIteration.Config.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "value-iteration needs the exact model of its task, but Chain has none");
  }

  @Test
  void learner_modelOfOtherSize_isRefused() {
    EnvironmentSpec spec = EnvironmentSpec.of("Small", new Discrete(2), new Discrete(4));
    LearnerContext context =
        LearnerContext.of(spec, 1, Streams.of(0), Tasks.progress(0, 0)).withModel(Examples.grid());
    assertThatThrownBy(() ->
            Entries.learner("policy-iteration").create(context, PolicyIteration.Config.defaults()))
        .hasMessage("the model of Small has 16 states and 4 actions, but its spaces have 2 and 4");
  }
}
