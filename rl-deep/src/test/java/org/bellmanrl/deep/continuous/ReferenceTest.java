package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.deep.Reference;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.replay.DrawnBatch;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.SequenceBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A whole update of each learner against PyTorch's autograd in double precision, by the pages of a
 * program.
 */
class ReferenceTest {
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
          "Task", Box.of(-1f, 1f, 3), Box.of(new float[] {-2, 0}, new float[] {2, 1}));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ddpg",
        "td3",
        "sac",
        "sde",
        "redq",
        "droq",
        "categorical",
        "tqc",
        "crossq",
        "ddpg_lstm_gru",
        "td3_gru_both",
        "sac_lstm_gru",
        "sac_gru_dense",
        "tqc_gru_lstm"
      })
  void update_lossesAndGradients_equalTheReference(String name) {
    Reference page = Reference.read("continuous/" + name);
    ContinuousControl learner =
        (ContinuousControl) page.learner(page.get("learner").asString(), SPEC, 1);
    Network policy = learner.policyNetwork.network();
    Network[] critics = learner.critics.online;
    Reference.set(policy, page.get("policy"));
    for (int k = 0; k < critics.length; k++) {
      Reference.set(critics[k], page.get("critics").get(k));
      if (learner.critics instanceof TargetedCritics targeted) {
        Reference.set(targeted.target[k], page.get("target_critics").get(k));
      }
    }
    if (learner instanceof DeterministicControl deterministic) {
      Reference.set(deterministic.targetPolicy, page.get("target_policy"));
    }
    ReplayBatch batch = DrawnBatch.of(learner);
    if (page.has("lengths")) {
      fill(batch, page);
    } else {
      Reference.fill(batch.observations().floats(), page.get("observations"));
      Reference.fill(batch.nextObservations().floats(), page.get("next_observations"));
    }
    assertThat(page.get("rewards").size()).isEqualTo(batch.size());
    Reference.fill(batch.actions().floats(), 0, page.get("actions"));
    Reference.fill(batch.rewards(), 0, page.get("rewards"));
    Reference.fill(batch.bootstraps(), 0, page.get("bootstraps"));

    // Without a step, so that the policy's gradient is that through the critics as they were.
    learner.learn(0);

    Reference.check(Reference.report(learner), page.get("metrics"), "metrics");
    Reference.check(policy, learner.policyNetwork.gradients, page.get("policy_gradient"), "policy");
    for (int k = 0; k < critics.length; k++) {
      JsonNode gradients = page.get("critic_gradients").get(k);
      Reference.check(critics[k], learner.critics.gradients[k], gradients, "critic " + k);
    }
    if (page.has("policy_after")) {
      Reference.check(policy, page.get("policy_after"), "policy afterwards");
      for (int k = 0; k < critics.length; k++) {
        Reference.check(critics[k], page.get("critics_after").get(k), "critic afterwards");
      }
    }
  }

  /** Fills what is shown along the sequences, and at S and S' of each step. */
  private static void fill(ReplayBatch batch, Reference page) {
    SequenceBatch along = Objects.requireNonNull(batch.sequences());
    int[] lengths = numbers(page.get("lengths"));
    DrawnBatch.arrange(along, lengths, numbers(page.get("burn_in")));
    Columns shown =
        new Columns(SPEC.observationSpace(), Arrays.stream(lengths).max().orElseThrow() + 1);
    int stateSize = along.states().length / lengths.length;
    for (int i = 0; i < lengths.length; i++) {
      Reference.fill(shown.floats(), 0, page.get("shown").get(i));
      for (int t = 0; t <= lengths[i]; t++) {
        along.observations().copyRow(shown, t, along.sequences().row(t, i));
      }
      JsonNode states = page.get("states").get(i);
      assertThat(states.size()).isEqualTo(stateSize);
      Reference.fill(along.states(), i * stateSize, states);
    }
    for (int step = 0; step < batch.size(); step++) {
      batch.observations().copyRow(along.observations(), along.row(step), step);
      batch.nextObservations().copyRow(along.observations(), along.nextRow(step), step);
    }
  }

  private static int[] numbers(JsonNode numbers) {
    int[] array = new int[numbers.size()];
    Arrays.setAll(array, i -> numbers.get(i).asInt());
    return array;
  }
}
