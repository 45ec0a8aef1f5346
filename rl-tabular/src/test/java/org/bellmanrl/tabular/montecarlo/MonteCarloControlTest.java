package org.bellmanrl.tabular.montecarlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

final class MonteCarloControlTest {
  private static final Optional<Schedule> AVERAGE = Optional.empty();
  private static final Optional<Schedule> HALF = Optional.of(Schedule.constant(0.5));

  private final EnvironmentSpec spec = Tasks.chain();

  private static MonteCarloControl learner(
      EnvironmentSpec spec, int rows, Visits visits, Optional<Schedule> stepSize) {
    return new MonteCarloControl(
        Tasks.context(spec, rows),
        MonteCarloControl.Config.defaults()
            .withStepSize(stepSize)
            .withReturns(MonteCarloConfig.defaults().withGamma(0.5).withVisits(visits)));
  }

  private MonteCarloControl learner(Visits visits, Optional<Schedule> stepSize) {
    return learner(spec, 1, visits, stepSize);
  }

  /** Action 0 in state 0 twice, then action 1 in state 1; returns 9, 10 and 16. */
  private void loop(MonteCarloControl learner) {
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 0).first(0).to(learner);
    steps.step(0, 0, 0, 2, 1).to(learner);
    steps.step(0, 1, 1, 16, 2).terminated(0).to(learner);
  }

  @Test
  void observe_firstVisit_averagesTheReturnOfTheFirst() {
    MonteCarloControl learner = learner(Visits.FIRST, AVERAGE);

    loop(learner);

    assertThat(learner.table().get(1, 1)).isEqualTo(16);
    assertThat(learner.table().get(0, 0)).isEqualTo(9);
    assertThat(learner.table().get(0, 1)).isZero();
  }

  @Test
  void observe_everyVisit_averagesTheReturnsOfAll() {
    MonteCarloControl learner = learner(Visits.EVERY, AVERAGE);

    loop(learner);

    assertThat(learner.table().get(1, 1)).isEqualTo(16);
    assertThat(learner.table().get(0, 0)).isEqualTo(9.5);
  }

  @Test
  void observe_firstVisitWithStepSize_movesTowardsTheReturn() {
    MonteCarloControl learner = learner(Visits.FIRST, HALF);

    loop(learner);
    loop(learner);

    // 9 / 2, then 4.5 + (9 - 4.5) / 2
    assertThat(learner.table().get(0, 0)).isEqualTo(6.75);
    assertThat(learner.table().get(1, 1)).isEqualTo(12);
  }

  @Test
  void observe_everyVisitWithStepSize_goesBackwards() {
    MonteCarloControl learner = learner(Visits.EVERY, HALF);

    loop(learner);

    // 10 / 2, then 5 + (9 - 5) / 2
    assertThat(learner.table().get(0, 0)).isEqualTo(7);
  }

  @Test
  void observe_severalEpisodes_averagesTheirReturns() {
    MonteCarloControl learner = learner(Visits.FIRST, AVERAGE);
    Steps steps = new Steps(spec, 1);

    for (double reward : new double[] {1, 2, 6}) {
      steps.step(0, 0, 1, reward, 2).first(0).terminated(0).to(learner);
    }

    assertThat(learner.table().get(0, 1)).isEqualTo(3);
  }

  @Test
  void observe_middleOfEpisode_learnsNothingYet() {
    MonteCarloControl learner = learner(Visits.EVERY, HALF);

    new Steps(spec, 1).step(0, 0, 0, 4, 1).first(0).to(learner);

    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void observe_truncated_countsTheReturnSoFar() {
    MonteCarloControl learner = learner(Visits.FIRST, AVERAGE);
    learner.table().set(2, 0, 100);
    Steps steps = new Steps(spec, 1);

    steps.step(0, 0, 0, 4, 1).first(0).to(learner);
    steps.step(0, 1, 0, 2, 2).truncated(0).to(learner);

    assertThat(learner.table().get(1, 0)).isEqualTo(2);
    assertThat(learner.table().get(0, 0)).isEqualTo(5);
  }

  @Test
  void observe_environmentDiscount_multipliesGamma() {
    MonteCarloControl learner = learner(Visits.FIRST, AVERAGE);
    Steps steps = new Steps(spec, 1);

    steps.step(0, 0, 0, 4, 1).first(0).discount(0, 0.25).to(learner);
    steps.step(0, 1, 0, 16, 2).terminated(0).to(learner);

    // 4 + 0.5 * 0.25 * 16
    assertThat(learner.table().get(0, 0)).isEqualTo(6);
  }

  @Test
  void observe_abandonedEpisode_isDropped() {
    MonteCarloControl learner = learner(Visits.FIRST, AVERAGE);
    Steps steps = new Steps(spec, 1);

    steps.step(0, 0, 0, 1000, 1).first(0).to(learner);
    steps.step(0, 1, 0, 8, 2).first(0).terminated(0).to(learner);

    assertThat(learner.table().get(1, 0)).isEqualTo(8);
    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void observe_rowsOfDifferentLength_keepTheirEpisodesApart() {
    MonteCarloControl learner = learner(spec, 2, Visits.FIRST, AVERAGE);
    Steps steps = new Steps(spec, 2);

    steps.step(0, 0, 0, 4, 1).first(0).step(1, 0, 1, 7, 2).first(1).terminated(1).to(learner);
    steps.step(0, 1, 0, 2, 2).terminated(0).step(1, 2, 0, 1, 2).first(1).to(learner);

    QTable q = learner.table();
    assertThat(q.get(0, 1)).isEqualTo(7);
    assertThat(q.get(1, 0)).isEqualTo(2);
    assertThat(q.get(0, 0)).isEqualTo(5);
    assertThat(q.get(2, 0)).isZero();
  }

  @Test
  void observe_episodeLongerThanTheBuffer_countsWholly() {
    MonteCarloControl learner = learner(Visits.EVERY, AVERAGE);
    Steps steps = new Steps(spec, 1);

    for (int step = 0; step < 1000; step++) {
      steps.step(0, 0, 0, 0, 0);
      if (step == 0) {
        steps.first(0);
      }
      if (step == 999) {
        steps.step(0, 0, 0, 1000, 1).terminated(0);
      }
      steps.to(learner);
    }

    // The returns are 1000, 500, 250, … and halve for 1000 steps: they sum to 2000.
    assertThat(learner.table().get(0, 0)).isCloseTo(2, offset(1e-9));
  }

  @Test
  void create_taskWithoutEnd_isRefused() {
    EnvironmentSpec continuing = spec.continuing();

    assertThatThrownBy(() -> learner(continuing, 1, Visits.FIRST, AVERAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "monte-carlo learns at the end of an episode, but those of Chain have none;"
                + " set an episode limit");
    assertThat(
            learner(continuing.withMaxEpisodeSteps(5), 1, Visits.FIRST, AVERAGE).table().entries())
        .isEqualTo(6);
  }

  @Test
  void create_boxObservations_isRefused() {
    EnvironmentSpec box = EnvironmentSpec.of("CartPole", Box.of(-1, 1, 4), new Discrete(2));

    assertThatThrownBy(() -> learner(box, 1, Visits.FIRST, AVERAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("monte-carlo needs observations in a finite space");
  }
}
