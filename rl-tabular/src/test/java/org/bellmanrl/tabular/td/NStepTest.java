package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.PredictionConfig;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;
import org.junit.jupiter.api.Test;

/**
 * Two-step methods with α = γ = ε = 1/2, on state 0 by action 0 for 4 to state 1, and by action 1
 * for 2 to state 2, where the actions are worth 4 and 8.
 */
final class NStepTest {
  private static final Schedule HALF = Schedule.constant(0.5);
  private static final NStepConfig CONTROL =
      new NStepConfig(
          ControlConfig.defaults().withStepSize(HALF).withGamma(0.5).withEpsilon(HALF), 2);
  private static final Offset<Double> CLOSE = within(1e-12);

  private final EnvironmentSpec spec = Tasks.chain();

  private NStepSarsa sarsa() {
    return new NStepSarsa(Tasks.context(spec, 1), CONTROL);
  }

  private NStepTreeBackup tree() {
    return new NStepTreeBackup(Tasks.context(spec, 1), CONTROL);
  }

  private NStepQSigma mixed(double sigma) {
    return new NStepQSigma(Tasks.context(spec, 1), new NStepQSigma.Config(CONTROL, sigma));
  }

  private OffPolicyNStepSarsa offPolicy() {
    return new OffPolicyNStepSarsa(Tasks.context(spec, 1), CONTROL);
  }

  /** Both steps; the values of state 1's actions make the second greedy or not. */
  private void walk(Learner learner, QTable q, double a, double b, int last, Consumer<Steps> end) {
    q.set(1, 0, a);
    q.set(1, 1, b);
    q.set(2, 0, 4);
    q.set(2, 1, 8);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).next(0, 1).to(learner);
    assertThat(q.get(0, 0)).isZero();
    steps.step(0, 1, 1, 2, 2).next(0, last);
    end.accept(steps);
    steps.to(learner);
  }

  private static void goesOn(Steps steps) {}

  @Test
  void sarsa_twoSteps_endInTheActionAfterThem() {
    NStepSarsa learner = sarsa();
    walk(learner, learner.table(), 0, 0, 0, NStepTest::goesOn);

    // 0.5 (4 + 0.5 * 2 + 0.25 * 4); the second step has to wait for another
    assertThat(learner.table().get(0, 0)).isEqualTo(3);
    assertThat(learner.table().get(1, 1)).isZero();
  }

  @Test
  void sarsa_terminated_shortensTheTargets() {
    NStepSarsa learner = sarsa();
    walk(learner, learner.table(), 0, 0, 0, steps -> steps.terminated(0));

    assertThat(learner.table().get(0, 0)).isEqualTo(2.5);
    assertThat(learner.table().get(1, 1)).isEqualTo(1);
  }

  @Test
  void sarsa_truncated_bootstrapsEveryWaitingStepAndStartsAfresh() {
    NStepSarsa learner = sarsa();
    QTable q = learner.table();
    walk(learner, q, 0, 0, 1, steps -> steps.truncated(0));
    // 0.5 (4 + 0.5 * 2 + 0.25 * 8), 0.5 (2 + 0.5 * 8)
    assertThat(q.get(0, 0)).isEqualTo(3.5);
    assertThat(q.get(1, 1)).isEqualTo(3);

    Steps steps = new Steps(spec, 1);
    steps.step(0, 2, 0, 1000, 2).first(0).next(0, 0).to(learner);
    assertThat(q.get(0, 0)).isEqualTo(3.5);
    assertThat(q.get(1, 1)).isEqualTo(3);
    assertThat(q.get(2, 0)).isEqualTo(4);
  }

  @Test
  void sarsa_episodeAbandoned_isNotGoneOnWith() {
    NStepSarsa learner = sarsa();
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).next(0, 1).to(learner);
    steps.step(0, 1, 1, 2, 2).first(0).next(0, 1).to(learner);

    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void expectedSarsa_twoSteps_endInAnExpectation() {
    NStepExpectedSarsa learner = new NStepExpectedSarsa(Tasks.context(spec, 1), CONTROL);
    walk(learner, learner.table(), 0, 0, 0, NStepTest::goesOn);

    // 0.5 (5 + 0.25 (0.25 * 4 + 0.75 * 8))
    assertThat(learner.table().get(0, 0)).isEqualTo(3.375);
  }

  @Test
  void treeBackup_greedyAction_isFollowed() {
    NStepTreeBackup learner = tree();
    walk(learner, learner.table(), 1, 2, 0, NStepTest::goesOn);

    // 0.5 (4 + 0.5 (2 + 0.5 * 8))
    assertThat(learner.table().get(0, 0)).isEqualTo(3.5);
  }

  @Test
  void treeBackup_otherAction_isReplacedByTheBest() {
    NStepTreeBackup learner = tree();
    walk(learner, learner.table(), 20, 2, 0, NStepTest::goesOn);

    // 0.5 (4 + 0.5 * 20)
    assertThat(learner.table().get(0, 0)).isEqualTo(7);
  }

  @Test
  void qSigma_ends_areSamplingAndTreeBackup() {
    NStepQSigma sampling = mixed(1);
    walk(sampling, sampling.table(), 1, 2, 0, NStepTest::goesOn);
    // The greedy action was taken with probability 3/4: 2 + 4/3 (6 − 2)
    assertThat(sampling.table().get(0, 0)).isCloseTo(0.5 * (4 + 0.5 * 22 / 3), CLOSE);

    NStepQSigma expecting = mixed(0);
    walk(expecting, expecting.table(), 1, 2, 0, NStepTest::goesOn);
    assertThat(expecting.table().get(0, 0)).isEqualTo(3.5);

    NStepQSigma middle = mixed(0.5);
    walk(middle, middle.table(), 1, 2, 0, NStepTest::goesOn);
    // 2 + (4/3 + 1) / 2 (6 − 2)
    assertThat(middle.table().get(0, 0)).isCloseTo(0.5 * (4 + 0.5 * 20 / 3), CLOSE);
  }

  @Test
  void offPolicy_greedyActions_countMoreTheRarerTheyAre() {
    OffPolicyNStepSarsa learner = offPolicy();
    walk(learner, learner.table(), 1, 2, 1, NStepTest::goesOn);
    // (4/3)² 0.5 (4 + 0.5 * 2 + 0.25 * 8)
    assertThat(learner.table().get(0, 0)).isCloseTo(16.0 / 9 * 3.5, CLOSE);

    OffPolicyNStepSarsa ended = offPolicy();
    walk(ended, ended.table(), 1, 2, 1, steps -> steps.terminated(0));
    // 4/3 0.5 (4 + 0.5 * 2); the last step has no further action: 2 + 0.5 (2 − 2)
    assertThat(ended.table().get(0, 0)).isCloseTo(4.0 / 3 * 2.5, CLOSE);
    assertThat(ended.table().get(1, 1)).isEqualTo(2);
  }

  @Test
  void offPolicy_otherActions_countNothing() {
    OffPolicyNStepSarsa learner = offPolicy();
    walk(learner, learner.table(), 1, 2, 0, NStepTest::goesOn);
    assertThat(learner.table().get(0, 0)).isZero();
  }

  @Test
  void nStepTd_twoSteps_endInTheValueAfterThem() {
    NStepTd learner =
        new NStepTd(
            Tasks.context(spec, 1),
            new NStepTd.Config(PredictionConfig.defaults().withStepSize(HALF).withGamma(0.5), 2),
            new RandomPolicy(spec.actionSpace()));
    VTable v = learner.table();
    v.set(2, 8);
    Steps steps = new Steps(spec, 1);
    steps.step(0, 0, 0, 4, 1).first(0).to(learner);
    assertThat(v.get(0)).isZero();
    steps.step(0, 1, 1, 2, 2).truncated(0).to(learner);

    assertThat(v.get(0)).isEqualTo(3.5);
    assertThat(v.get(1)).isEqualTo(3);

    steps.step(0, 2, 0, 1000, 2).first(0).to(learner);
    assertThat(v.get(0)).isEqualTo(3.5);
    assertThat(v.get(2)).isEqualTo(8);
  }

  @Test
  void config_outOfRange_isRefused() {
    assertThatThrownBy(() -> new NStepTd.Config(PredictionConfig.defaults(), 0))
        .hasMessage("n must be at least 1, was 0");
    assertThatThrownBy(() -> new NStepQSigma.Config(CONTROL, 1.5))
        .hasMessage("sigma must be in [0, 1], was 1.5");
  }
}
