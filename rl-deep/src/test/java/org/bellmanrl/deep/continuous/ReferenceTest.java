package org.bellmanrl.deep.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.replay.DrawnBatch;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A whole update of each learner against PyTorch's autograd in double precision: the program, which
 * shares no line with ours, is {@code reference.py} beside its results.
 */
class ReferenceTest {
  private static final double TOLERANCE = 1e-5;
  private static final long SEED = 5;

  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
          "Task", Box.of(-1f, 1f, 3), Box.of(new float[] {-2, 0}, new float[] {2, 1}));

  private static JsonNode page(String name) throws IOException {
    try (InputStream in =
        ReferenceTest.class.getResourceAsStream("/continuous/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ddpg", "td3", "sac", "sde", "redq", "categorical", "tqc", "crossq"})
  void update_lossesAndGradients_equalTheReference(String name) throws IOException {
    JsonNode page = page(name);
    Map<String, String> options = new HashMap<>();
    page.get("options").forEachEntry((key, value) -> options.put(key, value.asString()));
    LearnerContext context =
        LearnerContext.of(SPEC, 1, Streams.of(SEED), new RunProgress(Budget.steps(100)));
    ContinuousControl learner =
        (ContinuousControl)
            Entries.learner(page.get("learner").asString()).create(context, options);
    set(learner.policyNetwork.network(), page.get("policy"));
    for (int k = 0; k < learner.critics.online.length; k++) {
      set(learner.critics.online[k], page.get("critics").get(k));
      if (learner.critics instanceof TargetedCritics targeted) {
        set(targeted.target[k], page.get("target_critics").get(k));
      }
    }
    if (learner instanceof DeterministicControl deterministic) {
      set(deterministic.targetPolicy, page.get("target_policy"));
    }
    ReplayBatch batch = DrawnBatch.of(learner);
    fill(batch.observations().floats(), page.get("observations"));
    fill(batch.nextObservations().floats(), page.get("next_observations"));
    fill(batch.actions().floats(), page.get("actions"));
    fill(batch.rewards(), page.get("rewards"));
    fill(batch.bootstraps(), page.get("bootstraps"));

    // Without a step, so that the policy's gradient is that through the critics as they were.
    learner.learn(0);

    Map<String, Double> metrics = new HashMap<>();
    learner.report(metrics::put);
    page.get("metrics")
        .forEachEntry((key, value) ->
            assertThat(metrics.get(key)).as(key).isCloseTo(value.asDouble(), within(TOLERANCE)));
    check(
        learner.policyNetwork.network(),
        learner.policyNetwork.gradients,
        page.get("policy_gradient"),
        "policy");
    for (int k = 0; k < learner.critics.online.length; k++) {
      check(
          learner.critics.online[k],
          learner.critics.gradients[k],
          page.get("critic_gradients").get(k),
          "critic " + k);
    }
    if (page.has("policy_after")) {
      Network policy = learner.policyNetwork.network();
      check(policy, policy.parameters(), page.get("policy_after"), "policy afterwards");
      for (int k = 0; k < learner.critics.online.length; k++) {
        Network critic = learner.critics.online[k];
        check(critic, critic.parameters(), page.get("critics_after").get(k), "critic afterwards");
      }
    }
  }

  private static void fill(float[] into, JsonNode numbers) {
    assertThat(numbers.size()).isEqualTo(into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) numbers.get(i).asDouble();
    }
  }

  private static void set(Network network, JsonNode blocks) {
    assertThat(blocks.size()).isEqualTo(network.blocks().size());
    for (int b = 0; b < blocks.size(); b++) {
      ParameterBlock block = network.blocks().get(b);
      for (int i = 0; i < block.size(); i++) {
        network.parameters()[block.index(i / block.columns(), i % block.columns())] =
            (float) blocks.get(b).get(i).asDouble();
      }
    }
  }

  private static void check(Network network, float[] gradients, JsonNode blocks, String what) {
    for (int b = 0; b < blocks.size(); b++) {
      ParameterBlock block = network.blocks().get(b);
      for (int i = 0; i < block.size(); i++) {
        assertThat((double) gradients[block.index(i / block.columns(), i % block.columns())])
            .as("%s, block %d, element %d", what, b, i)
            .isCloseTo(blocks.get(b).get(i).asDouble(), within(TOLERANCE));
      }
    }
  }
}
