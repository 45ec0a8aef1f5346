package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Reference;
import org.bellmanrl.deep.replay.DrawnBatch;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole updates of learners of action values against PyTorch, by the pages of a program. */
class ReferenceTest {
  private static final EnvironmentSpec TASK =
      EnvironmentSpec.of("Masked", Box.of(-1f, 1f, 3), new Discrete(3, 5)).withMask();

  @ParameterizedTest
  @CsvSource({
    "qr-dqn, qr_dqn",
    "qr-dqn, qr_dqn_double_dueling",
    "c51, c51",
    "munchausen-dqn, munchausen_dqn",
    "iqn, iqn",
    "iqn, iqn_dueling"
  })
  void update_fromABatch_equalsTheReference(String id, String name) {
    Reference page = Reference.read("dqn/" + name);
    DeepControl learner = (DeepControl) page.learner(id, TASK, 1);
    Reference.set(learner.network(), page.get("online"));
    Reference.set(learner.target, page.get("target"));
    ReplayBatch batch = DrawnBatch.of(learner);
    Reference.fill(batch.observations().floats(), page.get("observations"));
    Reference.fill(batch.nextObservations().floats(), page.get("next_observations"));
    Reference.fill(batch.rewards(), page.get("rewards"));
    Reference.fill(batch.bootstraps(), page.get("bootstraps"));
    Reference.fill(batch.weights(), page.get("weights"));
    Reference.fill(batch.mask(), page.get("mask"));
    Reference.fill(batch.nextMask(), page.get("next_mask"));
    for (int row = 0; row < batch.size(); row++) {
      batch.actions().ints()[row] = page.get("actions").get(row).asInt();
    }

    for (JsonNode update : page.get("updates")) {
      learner.update(page.get("rate").asDouble());

      Reference.check(Reference.report(learner), update.get("metrics"), "metrics");
      Reference.check(learner.network(), learner.gradients, update.get("gradients"), "gradients");
    }
    Reference.check(learner.network(), page.get("after"), "parameters afterwards");
    Reference.check(learner.target, page.get("target"), "target");
  }

  @Test
  void pqn_rollouts_equalTheReference() {
    Reference page = Reference.read("dqn/pqn");
    int rows = page.get("rows").asInt();
    Pqn learner = (Pqn) page.learner("pqn", TASK, rows);
    Reference.set(learner.network(), page.get("online"));
    Reference.Player player = new Reference.Player(learner, TASK, rows);
    JsonNode steps = page.get("steps");
    JsonNode rollouts = page.get("rollouts");

    for (int i = 0; i < rollouts.size(); i++) {
      int length = steps.size() / rollouts.size();
      for (int step = i * length; step < (i + 1) * length; step++) {
        player.play(steps.get(step));
      }

      String which = "rollout " + i;
      Reference.check(Reference.report(learner), rollouts.get(i).get("metrics"), which);
      Reference.check(learner.network(), rollouts.get(i).get("after"), which);
    }
    assertThat(rollouts.size()).isGreaterThan(1);
  }

  @Test
  void streamQ_steps_equalTheReference() {
    Reference page = Reference.read("dqn/stream_q");
    int rows = page.get("rows").asInt();
    StreamQ learner = (StreamQ) page.learner("stream-q", TASK, rows);
    Reference.set(learner.network(), page.get("online"));
    Reference.Player player = new Reference.Player(learner, TASK, rows);
    JsonNode steps = page.get("steps");
    int compared = 0;
    for (int i = 0; i < steps.size(); i++) {
      player.play(steps.get(i));

      JsonNode update = page.get("updates").get(i);
      Reference.check(Reference.report(learner), update.get("metrics"), "step " + i);
      if (update.has("after")) {
        Reference.check(learner.network(), update.get("after"), "step " + i);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(2);
  }
}
