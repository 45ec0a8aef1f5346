package org.bellmanrl.deep.onpolicy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Reference;
import org.bellmanrl.deep.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whole updates of learners on policy against PyTorch, by the pages of a program. */
class ReferenceTest {
  private static final int ROWS = 2;
  private static final Box OBSERVATIONS = Box.of(-1f, 1f, 3);

  private static final EnvironmentSpec CHOICES =
      EnvironmentSpec.of("Masked", OBSERVATIONS, new Discrete(3, 5))
          .withMask()
          .withMaxEpisodeSteps(100);

  private static final EnvironmentSpec NUMBERS =
      EnvironmentSpec.of("Numbers", OBSERVATIONS, Box.of(-1f, 1f, 2)).withMaxEpisodeSteps(100);

  private static EnvironmentSpec task(Reference page) {
    return page.get("choices").asBoolean() ? CHOICES : NUMBERS;
  }

  private static void set(ActorCriticNetworks networks, Reference page) {
    Reference.set(networks.policy(), page.get("policy"));
    Reference.set(networks.value(), page.get("value"));
    JsonNode deviations = page.get("log_deviation");
    for (int d = 0; deviations != null && d < deviations.size(); d++) {
      networks.logDeviation()[d] = (float) deviations.get(d).asDouble();
    }
  }

  private static void check(ActorCriticNetworks networks, JsonNode expected, String what) {
    check(networks.policy(), expected.get("policy_after"), what + ", policy");
    check(networks.value(), expected.get("value_after"), what + ", values");
    if (expected.has("log_deviation_after")) {
      Reference.check(networks.logDeviation(), expected.get("log_deviation_after"), what);
    }
  }

  private static void check(Network network, JsonNode blocks, String what) {
    Reference.check(network, blocks, what + " afterwards");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ppo_sde",
        "ppo_squash",
        "ppo_state_std_squash",
        "a2c_sde_squash",
        "a2c_squash",
        "a2c_state_std"
      })
  void update_fromRollouts_equalsTheReference(String name) {
    Reference page = Reference.read("onpolicy/" + name);
    EnvironmentSpec task = task(page);
    RolloutLearner learner =
        (RolloutLearner) page.learner(page.get("learner").asString(), task, ROWS);
    set(learner.networks, page);
    Reference.Player player = new Reference.Player(learner, task, ROWS);
    JsonNode steps = page.get("steps");
    JsonNode rollouts = page.get("rollouts");
    int length = steps.size() / rollouts.size();

    for (int i = 0; i < rollouts.size(); i++) {
      for (int step = i * length; step < (i + 1) * length; step++) {
        player.play(steps.get(step));
      }

      JsonNode expected = rollouts.get(i);
      String which = "rollout " + i;
      Reference.check(Reference.report(learner), expected.get("metrics"), which);
      Reference.check(
          learner.networks.policy(),
          learner.training.policyGradients,
          expected.get("policy_gradients"),
          which + ", gradients of the policy");
      Reference.check(
          learner.networks.value(),
          learner.training.valueGradients,
          expected.get("value_gradients"),
          which + ", gradients of the values");
      check(learner.networks, expected, which);
    }
    assertThat(rollouts.size()).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep_reinforce", "deep_reinforce_without_baseline"})
  void deepReinforce_episodes_equalTheReference(String name) {
    Reference page = Reference.read("onpolicy/" + name);
    EnvironmentSpec task = task(page);
    DeepReinforce learner = (DeepReinforce) page.learner("deep-reinforce", task, 1);
    set(learner.networks, page);
    Reference.Player player = new Reference.Player(learner, task, 1);
    int step = 0;
    for (JsonNode episode : page.get("episodes")) {
      for (int i = 0; i < episode.get("steps").asInt(); i++) {
        player.play(page.get("steps").get(step++));
      }

      String which = "the episode that ends with step " + step;
      Map<String, Double> metrics = Reference.report(learner);
      Reference.check(metrics, episode.get("metrics"), which);
      double norm = requireNonNull(metrics.get("gradient_norm")) / episode.get("steps").asInt();
      Reference.check(norm, episode.get("gradient_norm_per_step"), which);
      check(learner.networks, episode, which);
    }
    assertThat(step).isEqualTo(page.get("steps").size());
  }

  @Test
  void streamAc_steps_equalTheReference() {
    Reference page = Reference.read("onpolicy/stream_ac");
    StreamAc learner = (StreamAc) page.learner("stream-ac", CHOICES, ROWS);
    Reference.set(learner.policyNetwork(), page.get("policy"));
    Reference.set(learner.valueNetwork(), page.get("value"));
    Reference.Player player = new Reference.Player(learner, CHOICES, ROWS);
    JsonNode steps = page.get("steps");
    int compared = 0;
    for (int i = 0; i < steps.size(); i++) {
      player.play(steps.get(i));

      JsonNode update = page.get("updates").get(i);
      Reference.check(Reference.report(learner), update.get("metrics"), "step " + i);
      if (update.has("policy_after")) {
        check(learner.policyNetwork(), update.get("policy_after"), "step " + i + ", policy");
        check(learner.valueNetwork(), update.get("value_after"), "step " + i + ", values");
        compared++;
      }
    }
    assertThat(compared).isEqualTo(2);
  }
}
