package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.optimizer.Optimizer;
import org.bellmanrl.deep.optimizer.Sgd;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Layers on the unit sphere against PyTorch's autograd: the program, which shares no line with
 * ours, is {@code hyperspherical.py} beside its results.
 */
class HypersphericalTest {
  private static final double TOLERANCE = 1e-5;
  private static final int ROWS = 6;

  private final Network network =
      Network.create(
          NetworkSpec.of(
              InputSpec.vector(3),
              new HypersphericalEmbedding(5, 3),
              new HypersphericalBlock(5, 2, 0.4, Activation.RELU),
              new Dense(2, Activation.NONE)),
          RandomStream.ofSeed(2));

  @Test
  void step_lossGradientsAndProjection_equalTheReference() throws IOException {
    JsonNode page;
    try (InputStream in =
        HypersphericalTest.class.getResourceAsStream("/network/hyperspherical.json")) {
      page = new ObjectMapper().readTree(in);
    }
    for (int b = 0; b < network.blocks().size(); b++) {
      ParameterBlock block = network.blocks().get(b);
      for (int i = 0; i < block.size(); i++) {
        network.parameters()[at(block, i)] =
            (float) page.get("parameters").get(b).get(i).asDouble();
      }
    }
    Workspace work = network.workspace(ROWS, Workspace.Use.TRAINING);
    for (int i = 0; i < ROWS * 3; i++) {
      work.inputs()[i] = (float) page.get("observations").get(i).asDouble();
    }
    network.forward(work, ROWS);
    double loss = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 2; i++) {
        int at = row * work.outputStride() + i;
        double error = work.outputs()[at] - page.get("targets").get(2 * row + i).asDouble();
        loss += 0.5 * error * error / ROWS;
        work.outputGradients()[at] = (float) (error / ROWS);
      }
    }
    float[] gradients = network.newVector();
    network.backward(work, ROWS, gradients);

    assertThat(loss).isCloseTo(page.get("loss").asDouble(), within(TOLERANCE));
    check(gradients, page.get("gradients"));

    Optimizer optimizer = new Sgd(0).create(gradients.length);
    network.step(optimizer, gradients, 0.1, 1f);

    check(network.parameters(), page.get("after"));
  }

  private void check(float[] vector, JsonNode expected) {
    List<ParameterBlock> blocks = network.blocks();
    assertThat(expected.size()).isEqualTo(blocks.size());
    for (int b = 0; b < blocks.size(); b++) {
      assertThat(expected.get(b).size()).isEqualTo(blocks.get(b).size());
      for (int i = 0; i < blocks.get(b).size(); i++) {
        assertThat((double) vector[at(blocks.get(b), i)])
            .as("%s, element %d", blocks.get(b).name(), i)
            .isCloseTo(expected.get(b).get(i).asDouble(), within(TOLERANCE));
      }
    }
  }

  private static int at(ParameterBlock block, int i) {
    return block.index(i / block.columns(), i % block.columns());
  }

  /** What leaves is a vector of length 1, and so are the weights of each unit, at first too. */
  @Test
  void parameters_atFirst_areOnTheSphere() {
    for (int b : new int[] {0, 2, 4}) {
      ParameterBlock weights = network.blocks().get(b);
      for (int column = 0; column < weights.columns(); column++) {
        double square = 0;
        for (int row = 0; row < weights.rows(); row++) {
          square += Math.pow(network.parameters()[weights.index(row, column)], 2);
        }
        assertThat(square).isCloseTo(1, within(1e-6));
      }
    }
  }

  /** A row whose layer between is all zero has no direction: it passes, and nothing is NaN. */
  @Test
  void block_withoutADirection_staysFinite() {
    ParameterBlock scale = network.blocks().get(3);
    scale.fill(network.parameters(), 0f);
    Workspace work = network.workspace(1, Workspace.Use.TRAINING_WITH_INPUTS);
    network.forward(work, 1);
    work.outputGradients()[0] = 1;
    float[] gradients = network.newVector();
    network.backward(work, 1, gradients);

    work.requireFinite();
    network.requireFinite(gradients, "gradient");
  }

  @Test
  void block_ofOtherInputs_isRefused() {
    NetworkSpec spec =
        NetworkSpec.of(InputSpec.vector(3), new HypersphericalBlock(5, 2, 0.4, Activation.RELU));

    assertThatThrownBy(() -> Network.create(spec, RandomStream.ofSeed(0)))
        .hasMessageContaining("needs as many inputs, had 3: put hyper-embedding 5 before it");
  }
}
