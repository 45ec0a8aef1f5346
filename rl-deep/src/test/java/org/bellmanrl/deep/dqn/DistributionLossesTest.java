package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.Reference;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Losses against PyTorch, by {@code reference.py}. One row of three actions, the second of which
 * was taken, with weight 0.8, reward 0.3 and bootstrap 0.5; the mask of S allows the first two
 * actions, that of S' the outer ones.
 */
class DistributionLossesTest {
  private static final Discrete ACTIONS = new Discrete(3, 5);

  private static final Reference PAGE = Reference.read("dqn/one_row");
  private static final float[] VALUES = numbers("values");
  private static final float[] NEXT = numbers("following");
  private static final float[] CHOOSING = numbers("choosing");

  private static float[] numbers(String name) {
    float[] numbers = new float[PAGE.get(name).size()];
    Reference.fill(numbers, PAGE.get(name));
    return numbers;
  }

  private static ReplayBatch batch() {
    EnvironmentSpec spec = EnvironmentSpec.of("Masked", Box.of(-1f, 1f, 1), ACTIONS).withMask();
    ReplayBatch batch = new Replay(spec, 1, ReplayConfig.uniform(8, 0.5)).batch(1);
    batch.actions().ints()[0] = 6;
    batch.rewards()[0] = 0.3f;
    batch.bootstraps()[0] = 0.5f;
    batch.weights()[0] = 0.8f;
    batch.mask()[0] = true;
    batch.mask()[1] = true;
    batch.nextMask()[0] = true;
    batch.nextMask()[2] = true;
    return batch;
  }

  private static void check(ValueLoss loss, int stride, String name) {
    float[] gradients = new float[stride];
    loss.compute(batch(), VALUES, NEXT, CHOOSING, stride, gradients);

    JsonNode expected = PAGE.get(name);
    Reference.check(loss.loss(), expected.get("loss"), "loss");
    Reference.check(loss.errors()[0], expected.get("error"), "error");
    assertThat(expected.get("gradient").size()).isEqualTo(stride);
    Reference.check(gradients, expected.get("gradient"), "output");
  }

  @Test
  void quantiles_equalTheReference() {
    QuantileLoss loss = new QuantileLoss(ACTIONS, 4, 1);
    check(loss, 12, "quantiles");
    assertThat(loss.meanValue()).isEqualTo((-1.665f - 0.166f + 1.458f + 1.979f) / 4);
  }

  @Test
  void categories_equalTheReference() {
    check(new C51Loss(ACTIONS, 4, -2, 4, 1), 12, "categories");
  }

  @Test
  void munchausen_equalsTheReference() {
    MunchausenLoss loss = new MunchausenLoss(ACTIONS, 0.4, 0.9, -1, 1);
    loss.present(CHOOSING);
    check(loss, 3, "munchausen");
  }

  @Test
  void terminal_looksAtNoNextValue() {
    ReplayBatch batch = batch();
    batch.bootstraps()[0] = 0;
    float[] unknown = new float[12];
    Arrays.fill(unknown, Float.NaN);
    MunchausenLoss munchausen = new MunchausenLoss(ACTIONS, 0.4, 0.9, -1, 1);
    munchausen.present(CHOOSING);
    for (ValueLoss loss :
        new ValueLoss[] {
          new QuantileLoss(ACTIONS, 4, 1),
          new ImplicitQuantileLoss(ACTIONS, 3, 4, 1),
          new C51Loss(ACTIONS, 4, -2, 4, 1),
          munchausen
        }) {
      loss.compute(batch, VALUES, unknown, unknown, 12, new float[12]);
      assertThat(loss.loss()).isFinite();
    }
  }

  /** What policies read is what losses choose by. */
  @Test
  void expectation_ofBothKinds_isTheMean() {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(1), new Dense(8, Activation.NONE)),
            RandomStream.ofSeed(1));
    Network quantiles = network.followedBy(Expectation.ofQuantiles(2));
    Network categories = network.followedBy(Expectation.ofCategories(2, -1, 2));
    Workspace all = network.workspace(1, Workspace.Use.FORWARD);
    all.inputs()[0] = 0.7f;
    network.forward(all, 1);
    float[] outputs = all.outputs();
    for (int a = 0; a < 2; a++) {
      double mean = 0;
      double weighted = 0;
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double output = outputs[4 * a + i];
        mean += output / 4;
        weighted += Math.exp(output) * (i - 1);
        sum += Math.exp(output);
      }
      assertThat((double) value(quantiles, a)).isCloseTo(mean, within(1e-6));
      assertThat((double) value(categories, a)).isCloseTo(weighted / sum, within(1e-6));
    }
    network.parameters()[network.blocks().getFirst().index(0, 0)] += 1;
    assertThat(value(quantiles, 0)).isNotEqualTo(value(network, 0));
    assertThat(quantiles.parameters()).isSameAs(network.parameters());
    assertThatThrownBy(() -> network.followedBy(new Dense(2, Activation.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers that share parameters must have the same");
  }

  private static float value(Network network, int output) {
    Workspace single = network.workspace(1, Workspace.Use.FORWARD);
    single.inputs()[0] = 0.7f;
    network.forward(single, 1);
    return single.outputs()[output];
  }

  @Test
  void options_thatDoNotFit_areRefusedByName() {
    String[][] wrong = {
      {"qr-dqn", "quantiles", "0"},
      {"qr-dqn", "value_rescaling", "true"},
      {"iqn", "quantiles", "0"},
      {"iqn", "target_quantiles", "0"},
      {"iqn", "policy_quantiles", "0"},
      {"iqn", "cosines", "0"},
      {"iqn", "risk_level", "0"},
      {"iqn", "value_rescaling", "true"},
      {"c51", "atoms", "1"},
      {"c51", "v_max", "-10"},
      {"c51", "value_rescaling", "true"},
      {"munchausen-dqn", "temperature", "0"},
      {"munchausen-dqn", "least_log", "0.5"},
      {"munchausen-dqn", "double_q", "true"}
    };
    for (String[] option : wrong) {
      assertThatThrownBy(
              () -> Entries.learner(option[0]).options().parse(Map.of(option[1], option[2])))
          .as("%s of %s", option[1], option[0])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(option[1]);
    }
  }
}
