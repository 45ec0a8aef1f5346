package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

/** Expected SARSA, double Q-learning and double expected SARSA, step by step. */
final class ExpectedAndDoubleTest {
  private static final Schedule HALF = Schedule.constant(0.5);
  private static final ControlConfig HALVES =
      ControlConfig.defaults().withStepSize(HALF).withGamma(0.5).withEpsilon(HALF);

  private final EnvironmentSpec spec = Tasks.chain();

  private static ExpectedSarsa expected(
      EnvironmentSpec spec, Exploration exploration, TieBreak ties) {
    return new ExpectedSarsa(
        Tasks.context(spec, 1),
        HALVES.withExploration(exploration).withTemperature(Schedule.constant(2)).withTies(ties));
  }

  @Test
  void expectedSarsa_step_averagesOverTheBehaviour() {
    ExpectedSarsa learner = expected(spec, Exploration.EPSILON_GREEDY, TieBreak.RANDOM);
    learner.table().set(1, 0, 4);
    learner.table().set(1, 1, 8);

    new Steps(spec, 1).step(0, 0, 1, 3, 1).to(learner);

    // 0.5 (3 + 0.5 (0.25 * 4 + 0.75 * 8))
    assertThat(learner.table().get(0, 1)).isEqualTo(3.25);
  }

  @Test
  void expectedSarsa_ties_shareOrGoToTheFirst() {
    ExpectedSarsa sharing = expected(spec, Exploration.EPSILON_GREEDY, TieBreak.RANDOM);
    ExpectedSarsa first = expected(spec, Exploration.EPSILON_GREEDY, TieBreak.FIRST);
    for (ExpectedSarsa learner : new ExpectedSarsa[] {sharing, first}) {
      learner.table().set(1, 0, 4);
      learner.table().set(1, 1, 4);
      new Steps(spec, 1).step(0, 0, 1, 3, 1).to(learner);
      assertThat(learner.table().get(0, 1)).isEqualTo(2.5);
    }
  }

  @Test
  void expectedSarsa_softmax_weighsByTheExponential() {
    ExpectedSarsa learner = expected(spec, Exploration.SOFTMAX, TieBreak.RANDOM);
    // Two units of temperature apart by ln 3: probabilities 1/4 and 3/4.
    learner.table().set(1, 1, 2 * Math.log(3));

    new Steps(spec, 1).step(0, 0, 1, 3, 1).to(learner);

    assertThat(learner.table().get(0, 1))
        .isCloseTo(0.5 * (3 + 0.5 * 0.75 * 2 * Math.log(3)), within(1e-12));
  }

  @Test
  void expectedSarsa_ends_bootstrapAtTruncationsOnly() {
    ExpectedSarsa learner = expected(spec, Exploration.EPSILON_GREEDY, TieBreak.RANDOM);
    learner.table().set(2, 0, 40);
    learner.table().set(2, 1, 40);

    new Steps(spec, 1).step(0, 0, 0, 3, 2).terminated(0).to(learner);
    new Steps(spec, 1).step(0, 1, 0, 3, 2).truncated(0).to(learner);

    assertThat(learner.table().get(0, 0)).isEqualTo(1.5);
    assertThat(learner.table().get(1, 0)).isEqualTo(11.5);
  }

  @Test
  void expectedSarsa_mask_leavesOutWhatIsNotAllowed() {
    EnvironmentSpec masked = spec.withMask();
    ExpectedSarsa learner = expected(masked, Exploration.EPSILON_GREEDY, TieBreak.RANDOM);
    learner.table().set(1, 0, 4);
    learner.table().set(1, 1, 8);

    new Steps(masked, 1).step(0, 0, 1, 3, 1).mask(0, true, false).to(learner);
    assertThat(learner.table().get(0, 1)).isEqualTo(2.5);

    // Nothing is allowed after some ends, and nothing is to come.
    new Steps(masked, 1).step(0, 0, 0, 3, 1).mask(0, false, false).terminated(0).to(learner);
    assertThat(learner.table().get(0, 0)).isEqualTo(1.5);
  }

  private static void fill(QTable table, double first, double second) {
    table.set(1, 0, first);
    table.set(1, 1, second);
  }

  @Test
  void doubleQLearning_step_choosesByOneAndValuesByTheOther() {
    int[] learned = new int[3];
    DoubleQLearning learner = new DoubleQLearning(Tasks.context(spec, 1), HALVES);
    fill(learner.table(1), 4, 8);
    fill(learner.table(2), 10, 2);
    for (int i = 0; i < 40; i++) {
      learner.table(1).set(0, 1, 0);
      learner.table(2).set(0, 1, 0);
      new Steps(spec, 1).step(0, 0, 1, 3, 1).to(learner);
      int number = learner.table(1).get(0, 1) != 0 ? 1 : 2;
      learned[number]++;
      // 0.5 (3 + 0.5 * 2) by the best of the first table, 0.5 (3 + 0.5 * 4) by that of the second
      assertThat(learner.table(number).get(0, 1)).isEqualTo(number == 1 ? 2 : 2.5);
      assertThat(learner.table(3 - number).get(0, 1)).isZero();
      assertThat(learner.table().get(0, 1)).isEqualTo(number == 1 ? 1 : 1.25);
    }
    // A fair coin leaves one side out once in 2^39 times.
    assertThat(learned[1]).isPositive();
    assertThat(learned[2]).isPositive();
    assertThatThrownBy(() -> learner.table(3)).hasMessage("table must be 1 or 2, was 3");
  }

  @Test
  void doubleExpectedSarsa_step_averagesTheOtherByTheMeanOfBoth() {
    DoubleExpectedSarsa learner = new DoubleExpectedSarsa(Tasks.context(spec, 1), HALVES);
    fill(learner.table(1), 4, 8);
    fill(learner.table(2), 10, 2);
    fill(learner.table(), 7, 5);

    new Steps(spec, 1).step(0, 0, 1, 3, 1).to(learner);

    // 0.5 (3 + 0.5 (0.75 * 10 + 0.25 * 2)), or 0.5 (3 + 0.5 (0.75 * 4 + 0.25 * 8))
    int number = learner.table(1).get(0, 1) != 0 ? 1 : 2;
    assertThat(learner.table(number).get(0, 1)).isEqualTo(number == 1 ? 3.5 : 2.75);
    assertThat(learner.table(3 - number).get(0, 1)).isZero();
  }

  @Test
  void doubleLearners_terminated_doNotBootstrap() {
    DoubleQLearning learner =
        new DoubleQLearning(Tasks.context(spec, 1), DoubleQLearning.defaults());
    fill(learner.table(1), 100, 100);
    fill(learner.table(2), 100, 100);

    new Steps(spec, 1).step(0, 0, 1, 3, 1).terminated(0).to(learner);

    assertThat(learner.table().get(0, 1)).isCloseTo(0.1 * 3 / 2, within(1e-12));
  }
}
