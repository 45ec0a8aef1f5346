package org.bellmanrl.tabular.td;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.Entries;
import org.bellmanrl.tabular.Steps;
import org.bellmanrl.tabular.Tasks;
import org.bellmanrl.tabular.montecarlo.MonteCarloConfig;
import org.bellmanrl.tabular.montecarlo.MonteCarloPrediction;
import org.bellmanrl.tabular.montecarlo.Visits;
import org.bellmanrl.tabular.policy.RandomPolicy;
import org.junit.jupiter.api.Test;

final class BatchTdTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int END = 2;

  private final EnvironmentSpec spec = EnvironmentSpec.of("AB", new Discrete(3), new Discrete(1));

  private BatchTd batch(double gamma) {
    return new BatchTd(
        Tasks.context(spec, 1),
        new BatchTd.Config(gamma, 1e-12, 10_000, 0.5),
        new RandomPolicy(spec.actionSpace()));
  }

  /** Example 6.4: A 0 B 0; six times B 1; B 0. */
  private void predictor(Learner learner) {
    Steps steps = new Steps(spec, 1);
    steps.step(0, A, 0, 0, B).first(0).to(learner);
    steps.step(0, B, 0, 0, END).terminated(0).to(learner);
    for (int episode = 0; episode < 7; episode++) {
      steps.step(0, B, 0, episode < 6 ? 1 : 0, END).first(0).terminated(0).to(learner);
    }
  }

  @Test
  void predictor_batchTd_saysThreeQuartersOfBoth() {
    BatchTd learner = batch(1);
    predictor(learner);
    assertThat(learner.table().get(B)).isCloseTo(0.75, within(1e-12));
    assertThat(learner.table().get(A)).isCloseTo(0.75, within(1e-12));
    assertThat(learner.table().get(END)).isEqualTo(0.5);
  }

  @Test
  void predictor_batchMonteCarlo_saysNothingOfA() {
    MonteCarloPrediction learner =
        new MonteCarloPrediction(
            Tasks.context(spec, 1),
            new MonteCarloPrediction.Config(
                Optional.empty(),
                MonteCarloConfig.defaults()
                    .withGamma(1)
                    .withVisits(Visits.EVERY)
                    .withInitialValue(0.5)),
            new RandomPolicy(spec.actionSpace()));
    predictor(learner);
    assertThat(learner.table().get(B)).isCloseTo(0.75, within(1e-12));
    assertThat(learner.table().get(A)).isZero();
  }

  /** A loops twice before it ends with 1: V = (V + V + 1) / 3 · γ where it goes on. */
  @Test
  void loop_settles_atTheCertaintyEquivalence() {
    BatchTd learner = batch(0.9);
    Steps steps = new Steps(spec, 1);
    steps.step(0, A, 0, 0, A).first(0).to(learner);
    steps.step(0, A, 0, 0, A).to(learner);
    assertThat(learner.table().get(A)).isEqualTo(0.5);
    steps.step(0, A, 0, 1, END).terminated(0).to(learner);
    assertThat(learner.table().get(A)).isCloseTo(1 / (3 - 2 * 0.9), within(1e-10));
  }

  @Test
  void truncated_bootstrapsFromTheLastObservation() {
    BatchTd learner = batch(0.5);
    new Steps(spec, 1).step(0, A, 0, 3, B).first(0).truncated(0).to(learner);
    assertThat(learner.table().get(A)).isEqualTo(3 + 0.5 * 0.5);
  }

  /** With γ = 1 and no end in sight there is no limit: it gives up instead of going on for ever. */
  @Test
  void noEnd_withoutDiscount_stopsAfterSoManySweeps() {
    BatchTd learner =
        new BatchTd(
            Tasks.context(spec, 1),
            new BatchTd.Config(1, 1e-6, 20, 0),
            new RandomPolicy(spec.actionSpace()));
    new Steps(spec, 1).step(0, A, 0, 1, A).first(0).truncated(0).to(learner);
    assertThat(learner.table().get(A)).isEqualTo(20);
  }

  @Test
  void config_outOfRange_namesValueAndRange() {
    assertThatThrownBy(() -> new BatchTd.Config(1.5, 1e-6, 20, 0))
        .hasMessage("gamma must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> new BatchTd.Config(1, 0, 20, 0))
        .hasMessage("tolerance must be above 0, was 0.0");
    assertThatThrownBy(() -> new BatchTd.Config(1, 1e-6, 0, 0))
        .hasMessage("max_sweeps must be at least 1, was 0");
    assertThatThrownBy(() ->
            Entries.learner("batch-td")
                .create(Tasks.context(spec.continuing(), 1), BatchTd.Config.defaults()))
        .hasMessageContaining("batch-td learns at the end of an episode");
  }
}
