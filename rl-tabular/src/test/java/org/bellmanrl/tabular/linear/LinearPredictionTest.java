package org.bellmanrl.tabular.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.policy.FixedPolicy;
import org.junit.jupiter.api.Test;

/** Updates by hand, and least squares against solutions by hand. */
final class LinearPredictionTest {
  private static final Schedule HALF = Schedule.constant(0.5);
  private static final Schedule QUARTER = Schedule.constant(0.25);
  private static final List<Double> BEHAVIOUR = List.of(0.75, 0.25);
  private static final List<Double> TARGET = List.of(0.5, 0.5);

  private final EnvironmentSpec spec = Tasks.chain();
  private final Steps steps = new Steps(spec, 1);

  private static LinearPredictionConfig config(Schedule stepSize, List<Double> behaviour) {
    return new LinearPredictionConfig(Features.raw(), stepSize, 0.5, behaviour, 0);
  }

  private Lstd lstd(double lambda) {
    return new Lstd(
        Tasks.context(spec, 1), new Lstd.Config(Features.raw(), 1e-6, 0.5, lambda, List.of()));
  }

  @Test
  void td_step_isWeighedByTheRatio() {
    SemiGradientTd learner =
        new SemiGradientTd(
            Tasks.context(spec, 1), new OffPolicyConfig(config(HALF, BEHAVIOUR), TARGET));
    learner.v().setWeight(1, 4);

    steps.step(0, 0, 1, 3, 1).to(learner);

    // ρ = 2, δ = 3 + 0.5 · 4
    assertThat(learner.v().weight(0)).isEqualTo(5);
  }

  @Test
  void td_terminatedOrTruncated_bootstrapsAsTheDiscountSays() {
    SemiGradientTd learner =
        new SemiGradientTd(
            Tasks.context(spec, 1), new OffPolicyConfig(config(HALF, List.of()), List.of()));
    learner.v().setWeight(2, 100);

    steps.step(0, 0, 1, 3, 2).terminated(0).to(learner);
    assertThat(learner.v().weight(0)).isEqualTo(1.5);
    steps.step(0, 1, 1, 3, 2).truncated(0).to(learner);
    assertThat(learner.v().weight(1)).isEqualTo(26.5);
  }

  @Test
  void gtd2_twoSteps_followTheEquations() {
    GradientTd2 learner =
        new GradientTd2(
            Tasks.context(spec, 1),
            new GradientTd.Config(config(HALF, List.of()), QUARTER, List.of()));

    // h is 0, so w stays; h(0) = 0.25 · 8
    steps.step(0, 0, 1, 8, 1).to(learner);
    assertThat(learner.v().weight(0)).isZero();
    // w(0) = 0.5 · 2, w(1) = −0.5 · 0.5 · 2
    steps.step(0, 0, 1, 8, 1).to(learner);
    assertThat(learner.v().weight(0)).isEqualTo(1);
    assertThat(learner.v().weight(1)).isEqualTo(-0.5);
  }

  @Test
  void tdc_twoSteps_followTheEquations() {
    Tdc learner =
        new Tdc(
            Tasks.context(spec, 1),
            new GradientTd.Config(config(HALF, List.of()), QUARTER, List.of()));

    // w(0) = 0.5 · 8 and h(0) = 0.25 · 8
    steps.step(0, 0, 1, 8, 1).to(learner);
    assertThat(learner.v().weight(0)).isEqualTo(4);
    assertThat(learner.v().weight(1)).isZero();
    // δ = 8 − 4: w(0) = 4 + 0.5 · 4, w(1) = −0.5 · 0.5 · 2
    steps.step(0, 0, 1, 8, 1).to(learner);
    assertThat(learner.v().weight(0)).isEqualTo(6);
    assertThat(learner.v().weight(1)).isEqualTo(-0.5);
  }

  @Test
  void emphatic_secondStep_weighsByTheFollowOnTrace() {
    EmphaticTd learner =
        new EmphaticTd(
            Tasks.context(spec, 1), new OffPolicyConfig(config(QUARTER, BEHAVIOUR), TARGET));

    steps.step(0, 0, 1, 0, 1).first(0).to(learner);
    steps.step(0, 1, 1, 2, 2).to(learner);
    // ρ = 2 in both steps; M = 1 + 0.5 · 2 · 1 = 2: 0.25 · 2 · 2 · 2
    assertThat(learner.v().weight(1)).isEqualTo(2);

    steps.step(0, 0, 1, 2, 2).first(0).to(learner);
    // A new episode, M = 1: 0.25 · 1 · 2 · 2
    assertThat(learner.v().weight(0)).isEqualTo(1);
  }

  @Test
  void monteCarlo_episode_movesToTheReturns() {
    GradientMonteCarlo learner =
        new GradientMonteCarlo(Tasks.context(spec, 1), config(HALF, List.of()));

    steps.step(0, 0, 1, 2, 1).first(0).to(learner);
    assertThat(learner.v().weight(0)).isZero();
    steps.step(0, 1, 1, 4, 2).terminated(0).to(learner);

    assertThat(learner.v().weight(1)).isEqualTo(2);
    assertThat(learner.v().weight(0)).isEqualTo(2);
  }

  @Test
  void lstd_chain_isTheAnalyticSolution() {
    for (double lambda : new double[] {0, 0.7, 1}) {
      Lstd learner = lstd(lambda);
      steps.step(0, 0, 0, 1, 1).first(0).to(learner);
      steps.step(0, 1, 0, 2, 2).to(learner);
      steps.step(0, 2, 0, 3, 0).terminated(0).to(learner);

      // v = (1 + 0.5 v1, 2 + 0.5 v2, 3)
      assertThat(learner.v().weight(2)).isCloseTo(3, within(1e-5));
      assertThat(learner.v().weight(1)).isCloseTo(3.5, within(1e-5));
      assertThat(learner.v().weight(0)).isCloseTo(2.75, within(1e-5));
    }
  }

  /** State 0 leads to 1 or 2, each as often: the fixed point is that of the mean. */
  @Test
  void lstd_branches_areAveraged() {
    Lstd learner = lstd(0);
    steps.step(0, 0, 0, 1, 1).first(0).to(learner);
    steps.step(0, 1, 0, 4, 0).terminated(0).to(learner);
    steps.step(0, 0, 0, 3, 2).first(0).to(learner);
    steps.step(0, 2, 0, 8, 0).terminated(0).to(learner);

    // 2 + 0.5 · (4 + 8) / 2
    assertThat(learner.v().weight(0)).isCloseTo(5, within(1e-5));
  }

  /** One feature, x = (1, 2), for two states that are passed in turn: w by hand for λ = 0 and 1. */
  @Test
  void lstd_sharedFeature_dependsOnLambda() {
    EnvironmentSpec line = EnvironmentSpec.of("Line", Box.of(0, 2, 1), new Discrete(2));
    double[] expected = {
      // A = 1·(1 − 0.5·2) + 2·2 and b = 1·1 + 2·2
      5.0 / 4,
      // z = 1, then 0.5·1 + 2: A = 0 + 2.5·2 and b = 1 + 2.5·2
      6.0 / 5
    };
    for (int lambda = 0; lambda <= 1; lambda++) {
      Lstd learner =
          new Lstd(
              Tasks.context(line, 1),
              new Lstd.Config(Features.raw(), 1e-6, 0.5, lambda, List.of()));
      Steps vectors = new Steps(line, 1);
      vectors.step(0, new float[] {1}, 0, 1, new float[] {2}).first(0).to(learner);
      vectors.step(0, new float[] {2}, 0, 2, new float[] {0}).terminated(0).to(learner);

      assertThat(learner.v().weight(0)).isCloseTo(expected[lambda], within(1e-5));
    }
  }

  @Test
  void monteCarlo_endlessEpisodes_areRefused() {
    assertThatThrownBy(() ->
            new GradientMonteCarlo(
                Tasks.context(Tasks.chain().continuing(), 1), GradientMonteCarlo.defaults()))
        .hasMessageContaining("linear-monte-carlo learns at the end of an episode");
  }

  @Test
  void lstd_truncatedEpisode_cutsTheTrace() {
    Lstd cut = lstd(1);
    Lstd fresh = lstd(1);
    steps.step(0, 0, 0, 0, 1).first(0).truncated(0).to(cut);
    steps.step(0, 2, 0, 6, 0).first(0).terminated(0).to(cut);
    steps.step(0, 2, 0, 6, 0).first(0).terminated(0).to(fresh);

    assertThat(cut.v().weight(2)).isCloseTo(fresh.v().weight(2), within(1e-12));
    assertThat(cut.v().weight(0)).isCloseTo(0, within(1e-5));
  }

  @Test
  void fixedPolicy_badProbabilities_areRefused() {
    Discrete two = new Discrete(2);

    assertThatThrownBy(() -> new FixedPolicy(two, List.of(0.5, 0.6)))
        .hasMessageContaining("must have the sum 1, had 1.1");
    assertThatThrownBy(() -> new FixedPolicy(two, List.of(1.0)))
        .hasMessageContaining("needs 2 probabilities");
    assertThatThrownBy(() -> new FixedPolicy(two, List.of(-1.0, 2.0)))
        .hasMessageContaining("at least 0");
  }

  @Test
  void create_task_keepsTheSameObjects() {
    Learner learner = lstd(0);

    assertThat(learner.policy()).isSameAs(learner.policy()).isSameAs(learner.behaviour());
  }
}
