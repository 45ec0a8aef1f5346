package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.PredictionConfig;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.VTable;
import org.junit.jupiter.api.Test;

final class TdPredictionTest {
  private final EnvironmentSpec spec = Tasks.chain();
  private final TdPrediction learner = learner(spec);
  private final VTable v = learner.table();
  private final Steps steps = new Steps(spec, 1);

  private static TdPrediction learner(EnvironmentSpec spec) {
    return new TdPrediction(
        Tasks.context(spec, 1),
        PredictionConfig.defaults().withStepSize(Schedule.constant(0.5)).withGamma(0.5),
        new RandomPolicy(spec.actionSpace()));
  }

  @Test
  void observe_step_movesHalfWayToRewardPlusDiscountedValue() {
    v.set(0, 2);
    v.set(1, 8);

    steps.step(0, 0, 1, 3, 1).to(learner);

    // 2 + 0.5 (3 + 0.5 * 8 - 2)
    assertThat(v.get(0)).isEqualTo(4.5);
    assertThat(v.get(1)).isEqualTo(8);
  }

  @Test
  void observe_terminated_doesNotBootstrap() {
    v.set(2, 100);

    steps.step(0, 1, 0, 3, 2).terminated(0).to(learner);

    assertThat(v.get(1)).isEqualTo(1.5);
  }

  @Test
  void observe_truncated_bootstrapsFromTheLastObservation() {
    v.set(2, 100);

    steps.step(0, 1, 0, 3, 2).truncated(0).to(learner);

    assertThat(v.get(1)).isEqualTo(26.5);
  }

  @Test
  void observe_environmentDiscount_multipliesGamma() {
    v.set(2, 8);

    steps.step(0, 1, 0, 3, 2).discount(0, 0.25).to(learner);

    assertThat(v.get(1)).isEqualTo(2);
  }

  /** The random walk of Sutton and Barto's example 6.2: the values are 1/6 to 5/6. */
  @Test
  void train_randomWalk_findsItsValues() {
    PredictionConfig config =
        PredictionConfig.defaults()
            .withStepSize(Schedule.exponential(0.1, 0.001, 0.001, Schedule.Clock.EPISODES))
            .withGamma(1)
            .withInitialValue(0.5);
    try (Trainer<?> trainer =
        Trainer.on(new Tasks.Walk(0))
            .seed(1)
            .budget(Budget.episodes(10_000))
            .build(context ->
                new TdPrediction(
                    context, config, new RandomPolicy(context.spec().actionSpace())))) {
      trainer.run();
      VTable values = ((TdPrediction) trainer.learner()).table();

      for (int cell = 1; cell <= 5; cell++) {
        assertThat(values.get(cell)).isBetween(cell / 6.0 - 0.05, cell / 6.0 + 0.05);
      }
    }
  }

  @Test
  void create_boxObservations_isRefused() {
    EnvironmentSpec box = EnvironmentSpec.of("CartPole", Box.of(-1, 1, 4), new Discrete(2));

    assertThatThrownBy(() -> learner(box))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("td-prediction needs observations in a finite space");
  }
}
