package org.bellmanrl.deep.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.ImplicitQuantiles;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.ParameterBlock;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Implicit quantiles; the loss against PyTorch's autograd, in {@code iqn.py} beside its results.
 */
class IqnTest {
  private static final int ROWS = 3;
  private static final Discrete ACTIONS = new Discrete(3, 5);

  private static final EnvironmentSpec TASK =
      EnvironmentSpec.of("Masked", Box.of(-1f, 1f, 3), ACTIONS).withMask();

  private static final LayerSpec PSI = new Dense(6, Activation.TANH);

  private static final List<LayerSpec> F =
      List.of(new Dense(5, Activation.TANH), new Dense(3, Activation.NONE));

  private static NetworkSpec spec(int fractions, double level, boolean drawn) {
    return NetworkSpec.of(
        InputSpec.vector(3), PSI, new ImplicitQuantiles(fractions, level, drawn, 7, F));
  }

  private static Iqn iqn(Map<String, String> options) {
    return (Iqn)
        Entries.learner("iqn")
            .create(
                LearnerContext.of(TASK, 1, Streams.of(0), new RunProgress(Budget.steps(100))),
                options);
  }

  @Test
  void loss_andGradients_equalTheReference() throws IOException {
    JsonNode page;
    try (InputStream in = IqnTest.class.getResourceAsStream("/dqn/iqn.json")) {
      page = new ObjectMapper().readTree(in);
    }
    RandomStream random = RandomStream.ofSeed(1);
    Network online = Network.create(spec(4, 1, true), random);
    Network target = Network.create(spec(4, 1, true), random);
    set(online, page.get("online"));
    set(target, page.get("target"));
    Network next = target.readAs(spec(3, 1, true));
    Network choosing =
        target.readAs(spec(2, 0.5, false).followedBy(Expectation.ofQuantiles(ACTIONS.n())));
    ReplayBatch batch = new Replay(TASK, 1, ReplayConfig.uniform(8, 0.5)).batch(ROWS);
    fill(batch.rewards(), page.get("rewards"));
    fill(batch.bootstraps(), page.get("bootstraps"));
    fill(batch.weights(), page.get("weights"));
    for (int row = 0; row < ROWS; row++) {
      batch.actions().ints()[row] = 5 + page.get("actions").get(row).asInt();
    }
    for (int i = 0; i < batch.nextMask().length; i++) {
      batch.nextMask()[i] = page.get("next_mask").get(i).asBoolean();
    }

    RandomStream noise = RandomStream.ofSeed(11);
    float[] nextValues = outputs(next, page.get("next_observations"), noise);
    float[] choices = outputs(choosing, page.get("next_observations"), noise);
    Workspace work = online.workspace(ROWS, Workspace.Use.TRAINING);
    fill(work.inputs(), page.get("observations"));
    work.sampleNoise(noise);
    online.forward(work, ROWS);
    ImplicitQuantileLoss loss = new ImplicitQuantileLoss(ACTIONS, 4, 3, ROWS);
    loss.compute(
        batch, work.outputs(), nextValues, choices, work.outputStride(), work.outputGradients());
    float[] gradients = online.newVector();
    online.backward(work, ROWS, gradients);

    assertThat((double) loss.loss()).isCloseTo(page.get("loss").asDouble(), within(1e-5));
    for (int row = 0; row < ROWS; row++) {
      assertThat((double) loss.errors()[row])
          .isCloseTo(page.get("errors").get(row).asDouble(), within(1e-5));
    }
    for (int b = 0; b < online.blocks().size(); b++) {
      ParameterBlock block = online.blocks().get(b);
      for (int i = 0; i < block.size(); i++) {
        assertThat((double) gradients[block.index(i / block.columns(), i % block.columns())])
            .as("%s, element %d", block.name(), i)
            .isCloseTo(page.get("gradients").get(b).get(i).asDouble(), within(1e-5));
      }
    }
  }

  private static float[] outputs(Network network, JsonNode observations, RandomStream noise) {
    Workspace work = network.workspace(ROWS, Workspace.Use.FORWARD);
    fill(work.inputs(), observations);
    work.sampleNoise(noise);
    network.forward(work, ROWS);
    return work.outputs();
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

  @Test
  void network_isSplitBeforeTheLastDenseLayer() {
    assertThat(layers(Map.of("hidden", "6,5", "activation", "tanh")))
        .containsExactly(PSI, new ImplicitQuantiles(64, 1, true, 64, F));
    assertThat(layers(Map.of("hidden", "6", "activation", "tanh")))
        .containsExactly(PSI, new ImplicitQuantiles(64, 1, true, 64, List.of(F.get(1))));
    assertThat(layers(Map.of("hidden", "4, lstm 6")).get(1)).isEqualTo(new Lstm(6));
    assertThat(layers(Map.of("hidden", "6,5", "activation", "tanh", "dueling", "true")).getLast())
        .isEqualTo(
            new ImplicitQuantiles(
                64,
                1,
                true,
                64,
                List.of(F.getFirst(), new Dense(4, Activation.NONE), new Dueling(3))));
  }

  private static List<LayerSpec> layers(Map<String, String> options) {
    return iqn(options).network().spec().layers();
  }

  /** The lower 4 of 8 midpoints are the 4 midpoints below ½. */
  @Test
  void values_withARiskLevel_areThoseOfTheWorstShare() {
    Network all = Network.create(spec(8, 1, false), RandomStream.ofSeed(4));
    Network worst = all.readAs(spec(4, 0.5, false));
    float[] inputs = {0.3f, -0.8f, 0.5f};
    float[] outputs = run(all, inputs);
    float[] lower = run(worst, inputs);
    for (int a = 0; a < 3; a++) {
      for (int i = 0; i < 4; i++) {
        assertThat((double) lower[4 * a + i]).isCloseTo(outputs[8 * a + i], within(1e-6));
      }
    }
  }

  private static float[] run(Network network, float[] inputs) {
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(inputs, 0, work.inputs(), 0, inputs.length);
    network.forward(work, 1);
    return work.outputs().clone();
  }
}
