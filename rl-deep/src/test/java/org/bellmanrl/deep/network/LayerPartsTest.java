package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.Alone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a layer does in parts has the bits of what it does at once. */
class LayerPartsTest {
  /** So many that parts have been done by one thread and by several. */
  private static final int TIMES = 400;

  @ParameterizedTest
  @CsvSource({"9,20,8,4,32,0", "64,9,4,2,32,0", "33,8,3,1,13,1", "1,84,8,4,16,0"})
  void convolutions_haveTheSameBits(
      int rows, int side, int kernel, int stride, int filters, int padding) {
    requireSameBits(
        NetworkSpec.of(
            new InputSpec(DType.FLOAT32, List.of(side, side, 16)),
            new Convolution2d(
                filters, kernel, stride, padding, Activation.RELU, new Initialisation.FanIn()),
            new Flatten()),
        rows);
  }

  @ParameterizedTest
  @CsvSource({"64,256,256", "70,130,300", "200,256,4", "256,8,520"})
  void denseLayers_haveTheSameBits(int rows, int inputs, int units) {
    requireSameBits(
        NetworkSpec.of(InputSpec.vector(inputs), new Dense(units, Activation.RELU)), rows);
  }

  private static void requireSameBits(NetworkSpec spec, int rows) {
    RandomStream random = RandomStream.ofSeed(5);
    Network network = Network.create(spec, random);
    Workspace workspace = network.workspace(rows, Workspace.Use.TRAINING_WITH_INPUTS);
    random.fillRandom(workspace.inputs(), 0, workspace.inputs().length);
    float[] slopes = new float[workspace.outputs().length];
    random.fillRandom(slopes, 0, slopes.length);
    float[] expected =
        Alone.compute(() -> {
          float[] gradients = network.newVector();
          pass(network, workspace, rows, slopes, gradients);
          return gradients;
        });
    float[] outputs = workspace.outputs().clone();
    float[] inputGradients = workspace.inputGradients().clone();
    for (int time = 0; time < TIMES; time++) {
      float[] gradients = network.newVector();
      pass(network, workspace, rows, slopes, gradients);
      assertThat(workspace.outputs()).isEqualTo(outputs);
      assertThat(workspace.inputGradients()).isEqualTo(inputGradients);
      assertThat(gradients).isEqualTo(expected);
    }
  }

  private static void pass(
      Network network, Workspace workspace, int rows, float[] slopes, float[] gradients) {
    network.forward(workspace, rows);
    System.arraycopy(slopes, 0, workspace.outputGradients(), 0, slopes.length);
    network.backward(workspace, rows, gradients);
  }
}
