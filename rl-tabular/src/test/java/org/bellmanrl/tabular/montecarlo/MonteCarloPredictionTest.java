package org.bellmanrl.tabular.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.VTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MonteCarloPredictionTest {
  private static final Optional<Schedule> AVERAGE = Optional.empty();
  private static final Optional<Schedule> HALF = Optional.of(Schedule.constant(0.5));

  private final EnvironmentSpec spec = Tasks.chain();

  private MonteCarloPrediction learner(Visits visits, Optional<Schedule> stepSize) {
    return new MonteCarloPrediction(
        Tasks.context(spec, 1),
        new MonteCarloPrediction.Config(
            stepSize, MonteCarloConfig.defaults().withGamma(0.5).withVisits(visits)),
        new RandomPolicy(spec.actionSpace()));
  }

  /** State 0 twice, by different actions, then state 1; returns 9, 10 and 16. */
  private void loop(MonteCarloPrediction learner) {
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 0).first(0).to(learner);
    steps.step(0, 0, 1, 2, 1).to(learner);
    steps.step(0, 1, 1, 16, 2).terminated(0).to(learner);
  }

  @Test
  void observe_firstVisit_averagesTheReturnOfTheFirst() {
    MonteCarloPrediction learner = learner(Visits.FIRST, AVERAGE);

    loop(learner);

    assertThat(learner.table().get(0)).isEqualTo(9);
    assertThat(learner.table().get(1)).isEqualTo(16);
    assertThat(learner.table().get(2)).isZero();
  }

  @Test
  void observe_everyVisit_averagesTheReturnsOfAll() {
    MonteCarloPrediction learner = learner(Visits.EVERY, AVERAGE);

    loop(learner);

    assertThat(learner.table().get(0)).isEqualTo(9.5);
  }

  @Test
  void observe_stepSize_movesTowardsTheReturns() {
    MonteCarloPrediction first = learner(Visits.FIRST, HALF);
    MonteCarloPrediction every = learner(Visits.EVERY, HALF);

    loop(first);
    loop(every);

    assertThat(first.table().get(0)).isEqualTo(4.5);
    // 10 / 2, then 5 + (9 - 5) / 2
    assertThat(every.table().get(0)).isEqualTo(7);
  }

  @Test
  void observe_truncated_countsTheReturnSoFar() {
    MonteCarloPrediction learner = learner(Visits.FIRST, AVERAGE);
    learner.table().set(2, 100);

    new Steps(spec, 1).step(0, 0, 0, 4, 2).first(0).truncated(0).to(learner);

    assertThat(learner.table().get(0)).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void train_randomWalk_findsItsValues(Visits visits) {
    MonteCarloPrediction.Config config =
        new MonteCarloPrediction.Config(
            AVERAGE, MonteCarloConfig.defaults().withGamma(1).withVisits(visits));
    try (Trainer<?> trainer =
        Trainer.on(new Tasks.Walk(0))
            .seed(1)
            .budget(Budget.episodes(10_000))
            .build(context ->
                new MonteCarloPrediction(
                    context, config, new RandomPolicy(context.spec().actionSpace())))) {
      trainer.run();
      VTable values = ((MonteCarloPrediction) trainer.learner()).table();

      for (int cell = 1; cell <= 5; cell++) {
        assertThat(values.get(cell)).isBetween(cell / 6.0 - 0.04, cell / 6.0 + 0.04);
      }
    }
  }

  @Test
  void create_taskWithoutEnd_isRefused() {
    EnvironmentSpec continuing = spec.continuing();

    assertThatThrownBy(() ->
            new MonteCarloPrediction(
                Tasks.context(continuing, 1),
                MonteCarloPrediction.Config.defaults(),
                new RandomPolicy(continuing.actionSpace())))
        .hasMessageContaining("set an episode limit");
  }
}
