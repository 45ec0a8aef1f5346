package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.state.StateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static Network mlp(int... hidden) {
    return Network.create(NetworkSpec.mlp(3, 2, Activation.RELU, hidden), RandomStream.ofSeed(1));
  }

  @Test
  void forward_equalsAHandComputedNetwork() {
    Network network =
        Network.create(NetworkSpec.mlp(2, 1, Activation.RELU, 2), RandomStream.ofSeed(0));
    set(network, 0, "weights", new float[][] {{1, -1}, {2, 3}});
    set(network, 0, "bias", new float[][] {{0.5f, -4}});
    set(network, 1, "weights", new float[][] {{2}, {10}});
    set(network, 1, "bias", new float[][] {{-1}});
    Workspace work = network.workspace(2, Workspace.Use.FORWARD);
    System.arraycopy(new float[] {1, 2, -1, 1}, 0, work.inputs(), 0, 4);

    network.forward(work, 2);

    // Row 0: hidden max(1 + 4 + 0.5, 0) = 5.5 and max(-1 + 6 - 4, 0) = 1, so 2·5.5 + 10·1 - 1 = 20.
    // Row 1: hidden max(-1 + 2 + 0.5, 0) = 1.5 and max(1 + 3 - 4, 0) = 0, so 2·1.5 - 1 = 2.
    assertThat(work.outputs()[0]).isEqualTo(20f);
    assertThat(work.outputs()[work.outputStride()]).isEqualTo(2f);
  }

  @Test
  void forward_ofARowDoesNotDependOnItsBatch() {
    Network network = mlp(64, 33);
    Workspace batch = network.workspace(13, Workspace.Use.FORWARD);
    Workspace one = network.workspace(1, Workspace.Use.FORWARD);
    RandomStream random = RandomStream.ofSeed(5);
    random.fillRandom(batch.inputs(), 0, batch.inputs().length);
    network.forward(batch, 13);

    for (int row = 0; row < 13; row++) {
      System.arraycopy(batch.inputs(), row * 3, one.inputs(), 0, 3);
      network.forward(one, 1);
      for (int i = 0; i < 2; i++) {
        assertThat(one.outputs()[i]).isEqualTo(batch.outputs()[row * batch.outputStride() + i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 4, 1})
  void forward_seesBytesDividedByTheirBound(int high) {
    NetworkSpec bytes =
        NetworkSpec.of(
            InputSpec.of(Box.bytes(high, 2, 2, 3)), new Flatten(), new Dense(2, Activation.NONE));
    NetworkSpec floats =
        NetworkSpec.of(
            new InputSpec(DType.FLOAT32, List.of(2, 2, 3)),
            new Flatten(),
            new Dense(2, Activation.NONE));
    Network ofBytes = Network.create(bytes, RandomStream.ofSeed(2));
    Network ofFloats = Network.create(floats, RandomStream.ofSeed(2));
    Workspace byteWork = ofBytes.workspace(1, Workspace.Use.FORWARD);
    Workspace floatWork = ofFloats.workspace(1, Workspace.Use.FORWARD);
    for (int i = 0; i < 12; i++) {
      int value = i * 23 % (high + 1);
      byteWork.pixels()[i] = (byte) value;
      floatWork.inputs()[i] = (float) value / high;
    }

    ofBytes.forward(byteWork, 1);
    ofFloats.forward(floatWork, 1);

    assertThat(byteWork.outputs()[0]).isCloseTo(floatWork.outputs()[0], within(1e-6f));
    assertThat(byteWork.outputs()[1]).isCloseTo(floatWork.outputs()[1], within(1e-6f));
  }

  @Test
  void convolution_equalsAHandComputedOne() {
    NetworkSpec spec =
        NetworkSpec.of(
            new InputSpec(DType.FLOAT32, List.of(3, 3, 1)),
            new Convolution2d(1, 2, 1, Activation.NONE),
            new Flatten());
    Network network = Network.create(spec, RandomStream.ofSeed(0));
    set(network, 0, "weights", new float[][] {{1}, {10}, {100}, {1000}});
    set(network, 0, "bias", new float[][] {{0.5f}});
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    for (int i = 0; i < 9; i++) {
      work.inputs()[i] = i;
    }

    network.forward(work, 1);

    assertThat(Arrays.copyOf(work.outputs(), 4))
        .containsExactly(4310.5f, 5421.5f, 7643.5f, 8754.5f);
  }

  @Test
  void dueling_addsAdvantagesWithoutTheirMean() {
    Network network =
        Network.create(NetworkSpec.of(InputSpec.vector(4), new Dueling(3)), RandomStream.ofSeed(0));
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(new float[] {3, 1, 2, 6}, 0, work.inputs(), 0, 4);

    network.forward(work, 1);

    assertThat(Arrays.copyOf(work.outputs(), 3)).containsExactly(1f, 2f, 6f);
  }

  @Test
  void dueling_ofDistributions_combinesEachAtomForItself() {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(6), new Dueling(2, 2)), RandomStream.ofSeed(0));
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(new float[] {3, 10, 1, 20, 5, 40}, 0, work.inputs(), 0, 6);

    network.forward(work, 1);

    assertThat(Arrays.copyOf(work.outputs(), 4)).containsExactly(1f, 0f, 5f, 20f);
  }

  @Test
  void dueling_behindTooFewInputs_isRefused() {
    NetworkSpec spec = NetworkSpec.of(InputSpec.vector(5), new Dueling(2, 2));

    assertThatThrownBy(() -> Network.create(spec, RandomStream.ofSeed(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 6 inputs, had 5");
  }

  @Test
  void layerNormalization_givesMeanZeroAndVarianceOne() {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(5), new LayerNormalization(Activation.NONE, 1e-9)),
            RandomStream.ofSeed(0));
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    System.arraycopy(new float[] {1, 2, 3, 4, 5}, 0, work.inputs(), 0, 5);

    network.forward(work, 1);

    float unit = (float) Math.sqrt(0.5);
    float[] expected = {-2 * unit, -unit, 0, unit, 2 * unit};
    for (int i = 0; i < 5; i++) {
      assertThat(work.outputs()[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  /** Of pictures, each place is to a normalisation what a row is of vectors. */
  @Test
  void normalisation_ofPictures_isThatOfTheirPlaces() {
    int rows = 3;
    int places = 4 * 5;
    for (LayerSpec norm :
        List.of(
            new LayerNormalization(Activation.SILU),
            new LayerNormalization(Activation.RELU),
            new BatchRenormalization(Activation.TANH, 1e-3, 0.1, 0),
            new BatchRenormalization(Activation.RELU))) {
      Network ofPictures =
          Network.create(
              NetworkSpec.of(new InputSpec(DType.FLOAT32, List.of(4, 5, 3)), norm, new Flatten()),
              RandomStream.ofSeed(0));
      Network ofVectors =
          Network.create(NetworkSpec.of(InputSpec.vector(3), norm), RandomStream.ofSeed(0));
      set(ofPictures, 0, "scale", new float[][] {{1.5f, -2f, 0.5f}});
      set(ofVectors, 0, "scale", new float[][] {{1.5f, -2f, 0.5f}});
      Workspace pictures = ofPictures.workspace(rows, Workspace.Use.TRAINING);
      Workspace vectors = ofVectors.workspace(rows * places, Workspace.Use.TRAINING);
      RandomStream.ofSeed(8).fillRandom(pictures.inputs(), 0, rows * places * 3);
      System.arraycopy(pictures.inputs(), 0, vectors.inputs(), 0, rows * places * 3);

      ofPictures.forward(pictures, rows);
      ofVectors.forward(vectors, rows * places);
      float[] pictureGradients = ofPictures.newVector();
      float[] vectorGradients = ofVectors.newVector();
      for (int i = 0; i < rows * places * 3; i++) {
        int inPicture = i / (places * 3) * pictures.outputStride() + i % (places * 3);
        int inVector = i / 3 * vectors.outputStride() + i % 3;
        assertThat(pictures.outputs()[inPicture]).isEqualTo(vectors.outputs()[inVector]);
        pictures.outputGradients()[inPicture] = i % 7 - 3;
        vectors.outputGradients()[inVector] = i % 7 - 3;
      }
      ofPictures.backward(pictures, rows, pictureGradients);
      ofVectors.backward(vectors, rows * places, vectorGradients);

      assertThat(pictureGradients).isEqualTo(vectorGradients);
      assertThat(ofPictures.parameters()).isEqualTo(ofVectors.parameters());
      assertThat(ofPictures.parameterCount()).isEqualTo(ofVectors.parameterCount());
    }
  }

  /** Of one-hot inputs, an embedding is the product that a dense layer computes. */
  @Test
  void embedding_isTheRowOfItsTable() {
    Network embedding =
        Network.create(
            NetworkSpec.of(InputSpec.vector(70), new Embedding(17)), RandomStream.ofSeed(3));
    Network dense =
        Network.create(
            NetworkSpec.of(InputSpec.vector(70), new Dense(17, Activation.NONE)),
            RandomStream.ofSeed(3));
    dense.blocks().get(1).fill(dense.parameters(), 0f);
    ParameterBlock table = embedding.blocks().getFirst();
    System.arraycopy(
        embedding.parameters(), 0, dense.parameters(), 0, table.rows() * table.stride());
    List<float[]> outputs = new ArrayList<>();
    List<float[]> gradients = new ArrayList<>();
    for (Network network : List.of(embedding, dense)) {
      Workspace work = network.workspace(5, Workspace.Use.TRAINING);
      for (int row = 0; row < 5; row++) {
        work.inputs()[row * 70 + row * 13] = 1f;
      }
      network.forward(work, 5);
      outputs.add(work.outputs().clone());
      System.arraycopy(work.outputs(), 0, work.outputGradients(), 0, work.outputs().length);
      float[] into = network.newVector();
      network.backward(work, 5, into);
      gradients.add(Arrays.copyOf(into, table.rows() * table.stride()));
    }

    assertThat(outputs.get(0)).isEqualTo(outputs.get(1));
    assertThat(outputs.get(0)[2 * table.stride() + 16])
        .isEqualTo(embedding.parameters()[table.index(26, 16)]);
    assertThat(gradients.get(0)).isEqualTo(gradients.get(1));
  }

  @Test
  void noise_changesOutputsUntilCleared() {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(3), new NoisyDense(4, Activation.NONE)),
            RandomStream.ofSeed(0));
    Workspace work = network.workspace(1, Workspace.Use.FORWARD);
    Arrays.fill(work.inputs(), 1f);
    network.forward(work, 1);
    float[] quiet = work.outputs().clone();

    work.sampleNoise(RandomStream.ofSeed(1));
    network.forward(work, 1);
    float[] noisy = work.outputs().clone();
    work.clearNoise();
    network.forward(work, 1);

    for (int i = 0; i < 4; i++) {
      assertThat(noisy[i]).isNotEqualTo(quiet[i]);
    }
    assertThat(work.outputs()).containsExactly(quiet);
  }

  @Test
  void backward_addsToTheGradients() {
    Network network = mlp(10);
    Workspace work = network.workspace(1, Workspace.Use.TRAINING);
    Arrays.fill(work.inputs(), 1f);
    float[] once = network.newVector();
    float[] twice = network.newVector();
    for (float[] into : List.of(once, twice, twice)) {
      network.forward(work, 1);
      work.outputGradients()[0] = 1f;
      network.backward(work, 1, into);
    }

    for (int i = 0; i < once.length; i++) {
      assertThat(twice[i]).isEqualTo(2 * once[i]);
    }
  }

  @Test
  void backwardToInputs_givesTheSameInputGradients() {
    Network network = mlp(10, 21);
    Workspace work = network.workspace(4, Workspace.Use.TRAINING_WITH_INPUTS);
    RandomStream.ofSeed(8).fillRandom(work.inputs(), 0, 12);
    network.forward(work, 4);
    Arrays.fill(work.outputGradients(), 0f);
    work.outputGradients()[1] = 2f;
    network.backward(work, 4, network.newVector());
    float[] expected = work.inputGradients().clone();
    Arrays.fill(work.inputGradients(), 0f);

    network.forward(work, 4);
    Arrays.fill(work.outputGradients(), 0f);
    work.outputGradients()[1] = 2f;
    network.backwardToInputs(work, 4);

    assertThat(work.inputGradients()).containsExactly(expected);
    assertThat(expected[0]).isNotZero();
  }

  @Test
  void padding_staysZeroThroughTraining() {
    Network network = mlp(17, 5);
    boolean[] used = new boolean[network.parameters().length];
    for (ParameterBlock block : network.blocks()) {
      for (int r = 0; r < block.rows(); r++) {
        for (int c = 0; c < block.columns(); c++) {
          used[block.index(r, c)] = true;
        }
      }
    }
    Workspace work = network.workspace(6, Workspace.Use.TRAINING);
    RandomStream.ofSeed(8).fillRandom(work.inputs(), 0, 18);
    float[] gradients = network.newVector();
    network.forward(work, 6);
    for (int row = 0; row < 6; row++) {
      work.outputGradients()[row * work.outputStride()] = 1f;
    }
    network.backward(work, 6, gradients);

    int padding = 0;
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        padding++;
        assertThat(gradients[i]).isZero();
        assertThat(network.parameters()[i]).isZero();
      }
    }
    assertThat(padding).isPositive();
    assertThat(network.parameterCount()).isEqualTo(used.length - padding);
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "7, 30", "30, 7"})
  void orthogonal_hasOrthogonalVectorsOfTheGainsLength(int inputs, int units) {
    Network network =
        Network.create(
            NetworkSpec.of(
                InputSpec.vector(inputs),
                new Dense(units, Activation.NONE, new Initialisation.Orthogonal(2))),
            RandomStream.ofSeed(4));
    ParameterBlock weights = network.blocks().get(0);
    boolean byColumn = units <= inputs;
    int count = Math.min(units, inputs);
    int length = Math.max(units, inputs);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          int a = byColumn ? weights.index(k, i) : weights.index(i, k);
          int b = byColumn ? weights.index(k, j) : weights.index(j, k);
          dot += (double) network.parameters()[a] * network.parameters()[b];
        }
        assertThat(dot).isCloseTo(i == j ? 4 : 0, within(1e-5));
      }
    }
  }

  @Test
  void uniformRules_fillTheirRange() {
    assertRange(new Initialisation.Kaiming(Math.sqrt(2)), Math.sqrt(6.0 / 100), false);
    assertRange(new Initialisation.Xavier(1), Math.sqrt(6.0 / 140), false);
    assertRange(new Initialisation.FanIn(), 0.1, true);
  }

  private static void assertRange(Initialisation rule, double bound, boolean withBias) {
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(100), new Dense(40, Activation.NONE, rule)),
            RandomStream.ofSeed(6));
    double max = 0;
    double squares = 0;
    ParameterBlock weights = network.blocks().get(0);
    for (int r = 0; r < 100; r++) {
      for (int c = 0; c < 40; c++) {
        double w = network.parameters()[weights.index(r, c)];
        max = Math.max(max, Math.abs(w));
        squares += w * w;
      }
    }
    assertThat(max).isBetween(0.98 * bound, bound * (1 + 1e-6));
    // The variance of a uniform distribution, 4000 draws: a standard error of 1.4 %.
    assertThat(squares / 4000).isCloseTo(bound * bound / 3, within(0.06 * bound * bound / 3));
    assertThat(network.parameters()[network.blocks().get(1).index(0, 3)] != 0).isEqualTo(withBias);
  }

  @Test
  void restore_givesTheSameNetworkBack() {
    Network network = mlp(12);
    byte[] saved = BinaryState.toBytes(network);
    Network other = Network.create(network.spec(), RandomStream.ofSeed(99));
    assertThat(other.parameters()).isNotEqualTo(network.parameters());

    BinaryState.fromBytes(saved, other);

    assertThat(other.parameters()).containsExactly(network.parameters());
  }

  @Test
  void restore_refusesAnotherShape() {
    byte[] saved = BinaryState.toBytes(mlp(12));

    assertThatThrownBy(() -> BinaryState.fromBytes(saved, mlp(13)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("3 -> Dense 13 -> Dense 2")
        .hasMessageContaining("3 -> Dense 12 -> Dense 2");
  }

  @Test
  void targets_copyAndMove() {
    Network online = mlp(4);
    Network target = online.copy();
    int i = online.blocks().get(0).index(1, 2);
    float before = online.parameters()[i];
    online.parameters()[i] = before + 1;

    target.moveTowards(online, 0.25f);
    assertThat(target.parameters()[i]).isCloseTo(before + 0.25f, within(1e-6f));
    target.copyFrom(online);
    assertThat(target.parameters()).containsExactly(online.parameters());
    assertThatThrownBy(() -> target.copyFrom(mlp(5)))
        .hasMessage("expected a network 3 -> Dense 4 -> Dense 2, was 3 -> Dense 5 -> Dense 2");
  }

  @Test
  void requireFinite_namesTheFirstSource() {
    Network network = mlp(4);
    network.requireFinite(network.parameters(), "parameter");
    int i = network.blocks().get(2).index(3, 1);
    network.parameters()[i] = Float.NaN;

    assertThatThrownBy(() -> network.requireFinite(network.parameters(), "parameter"))
        .isInstanceOf(NonFiniteException.class)
        .hasMessage(
            "parameter of layer 1 (Dense), weights[3][1], parameter %d of the vector, is NaN", i);

    Workspace work = network.workspace(3, Workspace.Use.FORWARD);
    network.forward(work, 3);
    assertThatThrownBy(work::requireFinite)
        .hasMessage("output of layer 1, row 0, element 1, is NaN");
    work.inputs()[4] = Float.POSITIVE_INFINITY;
    network.forward(work, 3);
    assertThatThrownBy(work::requireFinite).hasMessage("input, row 1, element 1, is Infinity");
  }

  @Test
  void shapes_thatDoNotFitAreRefused() {
    RandomStream random = RandomStream.ofSeed(0);
    InputSpec image = InputSpec.of(Box.pixels(4, 4, 1));
    assertThatThrownBy(
            () -> Network.create(NetworkSpec.of(image, new Dense(2, Activation.NONE)), random))
        .hasMessageContaining("needs a vector, but 4x4x1 reaches it: put Flatten before it");
    assertThatThrownBy(() ->
            Network.create(
                NetworkSpec.of(image, new Convolution2d(2, 5, 1, Activation.NONE)), random))
        .hasMessage("kernel 5 with padding 0 does not fit an input of 4x4x1");
    assertThatThrownBy(() ->
            Network.create(
                NetworkSpec.of(image, new Flatten(), new Convolution2d(2, 3, 1, Activation.NONE)),
                random))
        .hasMessageContaining("does not fit an input of 16: put convolutions first");
    assertThatThrownBy(() ->
            Network.create(
                NetworkSpec.of(image, new Convolution2d(2, 2, 1, Activation.NONE)), random))
        .hasMessageContaining("must end in a vector, its last layer leaves 3x3x2");
  }

  @Test
  void misuse_isRefused() {
    Network network = mlp(4);
    Workspace work = network.workspace(2, Workspace.Use.FORWARD);

    assertThatThrownBy(() -> network.forward(work, 3))
        .hasMessage("rows must be in [1, 2], the size of the workspace, was 3");
    assertThatThrownBy(work::outputGradients).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(work::pixels).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> network.backward(work, 1, network.newVector()))
        .hasMessage("this workspace is for forward passes only");
    assertThatThrownBy(() -> network.backward(work, 1, new float[3]))
        .hasMessageContaining("gradients must have length");
    assertThatThrownBy(() -> network.backwardToInputs(work, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> mlp(5).forward(work, 1))
        .hasMessageContaining("the workspace was made for another network");
    Workspace training = network.workspace(2, Workspace.Use.TRAINING);
    network.forward(training, 1);
    assertThatThrownBy(() -> network.backward(training, 2, network.newVector()))
        .hasMessage("backward needs the rows of the last forward pass, 1, was 2");
  }

  @Test
  void specifications_checkTheirValues() {
    assertThatThrownBy(() -> new Dense(0, Activation.RELU))
        .hasMessage("units must be at least 1, was 0");
    assertThatThrownBy(
            () -> new Convolution2d(1, 2, 1, 2, Activation.RELU, new Initialisation.FanIn()))
        .hasMessage("padding must be in [0, 1] for a kernel of 2, was 2");
    assertThatThrownBy(() -> new Initialisation.Orthogonal(Double.NaN))
        .hasMessage("gain must be finite, was NaN");
    assertThatThrownBy(() -> NetworkSpec.of(InputSpec.vector(2)))
        .hasMessage("layers must hold at least one layer, was empty");
    assertThatThrownBy(() -> new InputSpec(DType.UINT8, List.of(1), 0))
        .hasMessage("scale must be in (0, 1], and 1 for FLOAT32, was 0.0");
    assertThatThrownBy(() -> new InputSpec(DType.INT32, List.of(1)))
        .hasMessage("dtype must be FLOAT32 or UINT8, was INT32");
  }

  static void set(Network network, int layer, String name, float[][] values) {
    for (ParameterBlock block : network.blocks()) {
      if (block.layer() == layer && block.name().equals(name)) {
        assertThat(values).hasDimensions(block.rows(), block.columns());
        for (int r = 0; r < values.length; r++) {
          for (int c = 0; c < values[r].length; c++) {
            network.parameters()[block.index(r, c)] = values[r][c];
          }
        }
        return;
      }
    }
    throw new AssertionError("no block " + name + " in layer " + layer);
  }
}
