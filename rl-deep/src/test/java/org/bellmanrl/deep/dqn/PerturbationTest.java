package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.deep.Entries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerturbationTest {
  @Test
  void divergence_equalsHandComputed() {
    float[] p = {9, (float) Math.log(3), 0, 7};
    float[] q = {9, 0, 0, -7};
    boolean[] mask = {false, true, true, false};

    double divergence = 0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5);
    assertThat(Perturbation.divergence(2, p, q, 1, new boolean[0], 0))
        .isCloseTo(divergence, within(1e-6));
    assertThat(Perturbation.divergence(4, p, q, 0, mask, 0)).isCloseTo(divergence, within(1e-6));
    assertThat(Perturbation.divergence(4, p, p, 0, mask, 0)).isZero();
  }

  /** With ε = 0 nothing may stray; with ε = 1 the distance is never more than what is allowed. */
  @ParameterizedTest
  @CsvSource({"0, false", "0.999, true"})
  void noise_byExploration_followsIt(String exploration, boolean grows) {
    Map<String, String> options =
        Map.of(
            "param_noise", "true",
            "exploration", exploration,
            "learning_starts", "10",
            "train_freq", "1",
            "hidden", "8");
    try (Trainer<Dqn> trainer =
        Trainer.on(new Tasks.Previous())
            .budget(Budget.steps(500))
            .build(context -> (Dqn) Entries.learner("dqn").create(context, options))) {
      trainer.run();
      Map<String, Double> metrics = new HashMap<>();
      trainer.learner().report(metrics::put);

      double expected = 0.01 * Math.pow(1.01, grows ? 9 : -9);
      assertThat(metrics.get("parameter_noise")).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void recurrentOrNoisyLayers_areRefused() {
    LearnerContext context =
        LearnerContext.of(
            new Tasks.Previous().spec(), 1, Streams.of(0), new RunProgress(Budget.steps(100)));

    assertThatThrownBy(() ->
            Entries.learner("dqn")
                .create(context, Map.of("param_noise", "true", "hidden", "lstm 4")))
        .hasMessageContaining("param_noise must be false with noisy or recurrent layers");
  }
}
