package org.bellmanrl.tabular.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.options.Require.TooLargeException;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.policy.TieBreak;
import org.junit.jupiter.api.Test;

/** Updates by hand. A feature per state makes the weights a table. */
final class LinearControlTest {
  private final EnvironmentSpec spec = Tasks.chain();
  private final Steps steps = new Steps(spec, 1);

  private static LinearControlConfig config(Features features) {
    return LinearControlConfig.defaults()
        .withFeatures(features)
        .withStepSize(Schedule.constant(0.5))
        .withGamma(0.5);
  }

  private static SemiGradientSarsa sarsa(EnvironmentSpec spec, Features features) {
    return new SemiGradientSarsa(Tasks.context(spec, 1), config(features));
  }

  private LinearSarsaLambda lambda(boolean replacing) {
    return new LinearSarsaLambda(
        Tasks.context(spec, 1),
        new LinearSarsaLambda.Config(config(Features.raw()), 0.5, replacing, false));
  }

  private NStepSemiGradientSarsa nStep(int n) {
    return new NStepSemiGradientSarsa(
        Tasks.context(spec, 1), new NStepSemiGradientSarsa.Config(config(Features.raw()), n));
  }

  @Test
  void weights_thatLeaveNoRoomForCopies_areRefusedBeforeTheyAreMade() {
    FeatureMap huge =
        new FeatureMap() {
          @Override
          public int size() {
            return 2_000_000_000;
          }

          @Override
          public int active() {
            return 1;
          }

          @Override
          public int index(Columns observations, int row, int k) {
            return 0;
          }

          @Override
          public double value(Columns observations, int row, int k) {
            return 1;
          }
        };

    assertThatThrownBy(() -> new LinearQ(huge, new Discrete(1), 0))
        .isInstanceOf(TooLargeException.class)
        .hasMessageStartingWith(
            "a weight for each of 2000000000 features × 1 actions needs 16.0 GB")
        .hasMessageContaining("; take fewer features, or give Java more memory");
    assertThatThrownBy(() -> new LinearV(huge, 0))
        .isInstanceOf(TooLargeException.class)
        .hasMessageStartingWith("a weight for each of 2000000000 features needs 16.0 GB");
  }

  @Test
  void sarsa_step_movesHalfWayToTheTarget() {
    SemiGradientSarsa learner = sarsa(spec, Features.raw());
    learner.q().setWeight(0, 1, 4);

    steps.step(0, 0, 1, 3, 1).next(0, 0).to(learner);

    // 0.5 (3 + 0.5 * 4)
    assertThat(learner.q().weight(1, 0)).isEqualTo(2.5);
    assertThat(learner.q().weight(0, 0)).isZero();
  }

  @Test
  void sarsa_vector_movesEachWeightByItsFeature() {
    EnvironmentSpec box = EnvironmentSpec.of("Box", Box.of(-10, 10, 2), new Discrete(2));
    SemiGradientSarsa learner = sarsa(box, Features.raw());
    learner.q().setWeight(0, 0, 1);
    Steps vectors = new Steps(box, 1);
    vectors.step(0, new float[] {2, -1}, 0, 3, new float[] {4, 1}).next(0, 0);

    vectors.to(learner);

    // q(S, A) = 2, q(S', A') = 4: δ = 3 + 0.5 * 4 - 2 = 3, half of it times (2, -1)
    assertThat(learner.q().weight(0, 0)).isEqualTo(4);
    assertThat(learner.q().weight(0, 1)).isEqualTo(-1.5);
  }

  @Test
  void sarsa_terminated_doesNotBootstrapAndTruncatedDoes() {
    SemiGradientSarsa learner = sarsa(spec, Features.raw());
    learner.q().setWeight(1, 2, 100);

    steps.step(0, 1, 0, 3, 2).next(0, 1).terminated(0).to(learner);
    assertThat(learner.q().weight(0, 1)).isEqualTo(1.5);

    steps.step(0, 0, 0, 3, 2).next(0, 1).truncated(0).to(learner);
    assertThat(learner.q().weight(0, 0)).isEqualTo(26.5);
  }

  @Test
  void lambda_secondStep_movesTheFirstByItsTrace() {
    LinearSarsaLambda learner = lambda(true);

    steps.step(0, 0, 0, 0, 1).next(0, 0).first(0).to(learner);
    steps.step(0, 1, 0, 8, 2).next(0, 0).to(learner);

    // δ = 8; z = γλ = 0.25 for the first and 1 for the second, times α = 0.5
    assertThat(learner.q().weight(0, 0)).isEqualTo(1);
    assertThat(learner.q().weight(0, 1)).isEqualTo(4);
  }

  @Test
  void lambda_revisit_replacesOrAccumulates() {
    LinearSarsaLambda replacing = lambda(true);
    LinearSarsaLambda accumulating = lambda(false);
    for (Learner learner : new Learner[] {replacing, accumulating}) {
      steps.step(0, 0, 0, 0, 0).next(0, 0).first(0).to(learner);
      steps.step(0, 0, 0, 8, 1).next(0, 0).to(learner);
    }

    assertThat(replacing.q().weight(0, 0)).isEqualTo(4);
    assertThat(accumulating.q().weight(0, 0)).isEqualTo(5);
  }

  @Test
  void lambda_sameStateWithAnotherAction_clearsTheOtherTraceIfAsked() {
    for (boolean clearOthers : new boolean[] {false, true}) {
      LinearSarsaLambda learner =
          new LinearSarsaLambda(
              Tasks.context(spec, 1),
              new LinearSarsaLambda.Config(config(Features.raw()), 0.5, true, clearOthers));
      steps.step(0, 0, 1, 0, 0).next(0, 0).first(0).to(learner);
      steps.step(0, 0, 0, 8, 1).next(0, 0).to(learner);

      assertThat(learner.q().weight(0, 0)).isEqualTo(4);
      assertThat(learner.q().weight(1, 0)).isEqualTo(clearOthers ? 0 : 1);
    }
  }

  @Test
  void lambda_truncatedEpisode_cutsTheTraces() {
    LinearSarsaLambda learner = lambda(true);

    steps.step(0, 0, 0, 0, 1).next(0, 0).first(0).truncated(0).to(learner);
    steps.step(0, 1, 0, 8, 2).next(0, 0).first(0).to(learner);

    assertThat(learner.q().weight(0, 0)).isZero();
  }

  @Test
  void lambda_abandonedEpisode_cutsTheTraces() {
    LinearSarsaLambda learner = lambda(true);

    steps.step(0, 0, 0, 0, 1).next(0, 0).first(0).to(learner);
    steps.step(0, 1, 0, 8, 2).next(0, 0).first(0).to(learner);

    assertThat(learner.q().weight(0, 0)).isZero();
  }

  @Test
  void nStep_two_learnsFromTwoRewardsAndTheValueAfter() {
    NStepSemiGradientSarsa learner = nStep(2);
    learner.q().setWeight(1, 2, 16);

    steps.step(0, 0, 0, 3, 1).next(0, 0).first(0).to(learner);
    assertThat(learner.q().weight(0, 0)).isZero();
    steps.step(0, 1, 0, 2, 2).next(0, 1).to(learner);

    // G = 3 + 0.5 * 2 + 0.25 * 16 = 8
    assertThat(learner.q().weight(0, 0)).isEqualTo(4);
    assertThat(learner.q().weight(0, 1)).isZero();
  }

  @Test
  void nStep_terminated_learnsFromAllThatIsLeft() {
    NStepSemiGradientSarsa learner = nStep(4);

    steps.step(0, 0, 0, 3, 1).next(0, 0).first(0).to(learner);
    steps.step(0, 1, 0, 2, 2).next(0, 1).terminated(0).to(learner);

    assertThat(learner.q().weight(0, 0)).isEqualTo(2);
    assertThat(learner.q().weight(0, 1)).isEqualTo(1);
  }

  @Test
  void nStep_truncated_cutsTheWindowAndBootstraps() {
    NStepSemiGradientSarsa learner = nStep(4);
    learner.q().setWeight(1, 2, 16);

    steps.step(0, 0, 0, 3, 1).next(0, 0).first(0).to(learner);
    steps.step(0, 1, 0, 2, 2).next(0, 1).truncated(0).to(learner);
    // (3 + 0.5 * 2 + 0.25 * 16) / 2 and (2 + 0.5 * 16) / 2
    assertThat(learner.q().weight(0, 0)).isEqualTo(4);
    assertThat(learner.q().weight(0, 1)).isEqualTo(5);

    steps.step(0, 2, 0, 100, 1).next(0, 0).first(0).terminated(0).to(learner);
    assertThat(learner.q().weight(0, 0)).isEqualTo(4);
    assertThat(learner.q().weight(0, 1)).isEqualTo(5);
  }

  @Test
  void differential_step_movesTheAverageAndTheValue() {
    DifferentialSarsa learner =
        new DifferentialSarsa(
            Tasks.context(spec.continuing(), 1),
            new DifferentialSarsa.Config(
                Features.raw(),
                Schedule.constant(0.5),
                Schedule.constant(0.25),
                Schedule.constant(0.1),
                TieBreak.RANDOM,
                0));
    learner.q().setWeight(0, 1, 5);

    steps.step(0, 0, 1, 3, 1).next(0, 0).to(learner);
    // δ = 3 - 0 + 5 - 0
    assertThat(learner.averageReward()).isEqualTo(2);
    assertThat(learner.q().weight(1, 0)).isEqualTo(4);

    steps.step(0, 0, 1, 3, 1).next(0, 0).to(learner);
    // δ = 3 - 2 + 5 - 4 = 2
    assertThat(learner.averageReward()).isEqualTo(2.5, within(1e-15));
    assertThat(learner.q().weight(1, 0)).isEqualTo(5);
  }

  @Test
  void differential_episodicTask_isRefused() {
    assertThatThrownBy(() ->
            new DifferentialSarsa(Tasks.context(spec, 1), DifferentialSarsa.Config.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without terminal states");
  }

  @Test
  void create_unboundedVector_isRefused() {
    EnvironmentSpec unbounded =
        EnvironmentSpec.of("Endless", Box.of(0, Float.POSITIVE_INFINITY, 1), new Discrete(2));

    assertThatThrownBy(() -> sarsa(unbounded, Features.tiles(8, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear-sarsa needs observations");
  }

  @Test
  void config_outOfRange_namesValueAndRange() {
    assertThatThrownBy(() -> NStepSemiGradientSarsa.Config.defaults().withN(0))
        .hasMessage("n must be at least 1, was 0");
    assertThatThrownBy(() -> LinearSarsaLambda.Config.defaults().withLambda(1.5))
        .hasMessage("lambda must be in [0, 1], was 1.5");
  }
}
