package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int ROWS = 400;
  private static final int UNITS = 100;

  private static Workspace ones(double rate) {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(UNITS), new Dropout(rate)), RandomStream.ofSeed(0));
    Workspace work = network.workspace(ROWS, Workspace.Use.TRAINING_WITH_INPUTS);
    Arrays.fill(work.inputs(), 1f);
    work.sampleNoise(RandomStream.ofSeed(1));
    network.forward(work, ROWS);
    for (int i = 0; i < ROWS; i++) {
      Arrays.fill(
          work.outputGradients(), i * work.outputStride(), i * work.outputStride() + UNITS, 1f);
    }
    network.backward(work, ROWS, network.newVector());
    return work;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.9})
  void forward_dropsItsShareAndKeepsTheMean(double rate) {
    Workspace work = ones(rate);
    float kept = (float) (1 / (1 - rate));
    int dropped = 0;
    int pairs = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < UNITS; i++) {
        float output = work.outputs()[row * work.outputStride() + i];
        assertThat(output).isIn(0f, kept);
        assertThat(work.inputGradients()[row * work.inputGradientStride() + i]).isEqualTo(output);
        dropped += output == 0 ? 1 : 0;
        if (i > 0 && output == 0) {
          pairs += work.outputs()[row * work.outputStride() + i - 1] == 0 ? 1 : 0;
        }
      }
    }
    double four = 4 * Math.sqrt(rate * (1 - rate) / (ROWS * UNITS));
    assertThat((double) dropped / (ROWS * UNITS)).isCloseTo(rate, within(four));
    // Neighbours are independent of each other.
    double square = rate * rate;
    double fourOfPairs = 6 * Math.sqrt(square * (1 - square) / (ROWS * UNITS)) + 1e-9;
    assertThat((double) pairs / (ROWS * (UNITS - 1))).isCloseTo(square, within(fourOfPairs));
  }

  @Test
  void forward_withoutNoise_changesNothing() {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(3), new Dropout(0.5)), RandomStream.ofSeed(0));
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    Arrays.fill(work.inputs(), 2f);
    network.forward(work, 1);
    assertThat(work.outputs()).startsWith(2f, 2f, 2f);
    work.sampleNoise(RandomStream.ofSeed(3));
    work.clearNoise();
    network.forward(work, 1);
    assertThat(work.outputs()).startsWith(2f, 2f, 2f);
  }

  @Test
  void trunk_whoseLearnerDropsNothing_refusesDropout() {
    Trunk trunk =
        Trunk.of(Activation.RELU)
            .withHidden(List.of(HiddenLayer.parse("8"), HiddenLayer.parse("dropout 0.1")));
    ObservationEncoder encoder = new ObservationEncoder(Box.of(-1f, 1f, 3));
    LayerSpec head = new Dense(2, Activation.NONE);
    assertThatThrownBy(() -> trunk.network(encoder, new Initialisation.FanIn(), head))
        .hasMessageContaining("hidden must not hold dropout")
        .hasMessageContaining("[8, dropout 0.1]");
    assertThat(trunk.critic(encoder, 2, new Initialisation.FanIn(), head).layers()).hasSize(3);
  }

  /** x + W₂ relu(W₁ normalised(x)), by hand: the normalised (1, 3) is (−1, 1), nearly. */
  @Test
  void residualBlock_equalsHandComputed() {
    NetworkSpec spec =
        NetworkSpec.of(
            InputSpec.vector(2),
            new ResidualBlock(2, 1, Activation.RELU, new Initialisation.FanIn()));
    Network network = Network.create(spec, RandomStream.ofSeed(0));
    float[][] values = {{1, 1}, {0, 0}, {2, 0.5f, 3, 1}, {0, 0.25f}, {1, -1, 10, 4}, {0, 0.5f}};
    for (int b = 0; b < values.length; b++) {
      ParameterBlock block = network.blocks().get(b);
      for (int i = 0; i < block.size(); i++) {
        network.parameters()[block.index(i / block.columns(), i % block.columns())] = values[b][i];
      }
    }
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    work.inputs()[0] = 1;
    work.inputs()[1] = 3;
    network.forward(work, 1);
    // Between: −2 + 3 = 1 and −0.5 + 1 + 0.25 = 0.75.
    assertThat((double) work.outputs()[0]).isCloseTo(1 + 1 + 7.5, within(1e-3));
    assertThat((double) work.outputs()[1]).isCloseTo(3 - 1 + 3 + 0.5, within(1e-3));
    assertThatThrownBy(() ->
            Network.create(
                NetworkSpec.of(
                    InputSpec.vector(3),
                    new ResidualBlock(2, 1, Activation.RELU, new Initialisation.FanIn())),
                RandomStream.ofSeed(0)))
        .hasMessageContaining("a residual block of 2 units needs as many inputs, had 3");
  }
}
