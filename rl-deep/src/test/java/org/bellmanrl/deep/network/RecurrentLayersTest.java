package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent layers against PyTorch, and against themselves step by step. */
class RecurrentLayersTest {
  private static final int INPUTS = 3;
  private static final int UNITS = 5;
  private static final int[] LENGTHS = {5, 3, 1};

  /** The order of PyTorch's gates, as ours are called. */
  private static final Map<String, List<String>> GATES =
      Map.of(
          "lstm", List.of("input", "forget", "cell", "output"),
          "gru", List.of("reset", "update", "candidate"));

  static Stream<Arguments> cells() {
    return Kernels.available().stream()
        .flatMap(kernel ->
            Stream.of(
                Arguments.of("lstm", new Lstm(UNITS), kernel),
                Arguments.of("gru", new Gru(UNITS), kernel)));
  }

  /** As make_recurrent.py has it, which lies beside the numbers. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void sequences_giveTheOutputsAndGradientsOfPyTorch(String kind, LayerSpec cell, Kernel kernel)
      throws IOException {
    Map<String, double[]> expected = expected(kind);
    Network network =
        Network.create(
            NetworkSpec.of(InputSpec.vector(INPUTS), cell), RandomStream.ofSeed(0), kernel);
    fill(network, kind);
    Sequences sequences = sequences();
    Workspace work = network.workspace(sequences.rows(), Workspace.Use.TRAINING_WITH_INPUTS);
    int number = 0;
    for (int sequence = 0; sequence < LENGTHS.length; sequence++) {
      for (int i = 0; i < network.stateSize(); i++) {
        work.states()[sequence * network.stateSize() + i] = sine(10 * sequence + 3 + i, 0.8);
      }
      for (int step = 0; step < LENGTHS[sequence]; step++) {
        int row = sequences.row(step, sequence);
        for (int i = 0; i < INPUTS; i++) {
          work.inputs()[row * INPUTS + i] = sine(7 * number + 2 + i, 1);
        }
        for (int i = 0; i < UNITS; i++) {
          work.outputGradients()[row * work.outputStride() + i] = sine(11 * number + 5 + i, 1);
        }
        number++;
      }
    }

    network.forward(work, sequences);
    float[] gradients = network.newVector();
    network.backward(work, sequences.rows(), gradients);

    double[] outputs = new double[number * UNITS];
    double[] inputGradients = new double[number * INPUTS];
    double loss = 0;
    number = 0;
    for (int sequence = 0; sequence < LENGTHS.length; sequence++) {
      for (int step = 0; step < LENGTHS[sequence]; step++, number++) {
        int row = sequences.row(step, sequence);
        for (int i = 0; i < UNITS; i++) {
          outputs[number * UNITS + i] = work.outputs()[row * work.outputStride() + i];
          loss += sine(11 * number + 5 + i, 1) * outputs[number * UNITS + i];
        }
        for (int i = 0; i < INPUTS; i++) {
          inputGradients[number * INPUTS + i] =
              work.inputGradients()[row * work.inputGradientStride() + i];
        }
      }
    }
    mustBe(expected.get("loss"), new double[] {loss}, "loss");
    mustBe(expected.get("outputs"), outputs, "outputs");
    mustBe(expected.get("inputs"), inputGradients, "gradients of the inputs");
    int states = LENGTHS.length * network.stateSize();
    mustBe(expected.get("final"), doubles(work.finalStates(), states), "final states");
    for (ParameterBlock block : network.blocks()) {
      double[] theirs = expected.get(theirName(block));
      for (int unit = 0; unit < UNITS; unit++) {
        for (int row = 0; row < block.rows(); row++) {
          assertThat((double) gradients[block.index(row, unit)])
              .as("gradient of %s[%d][%d]", block.name(), row, unit)
              .isCloseTo(theirs[theirIndex(kind, block, row, unit)], within(1e-5));
        }
      }
    }
  }

  private static void mustBe(double[] expected, double[] actual, String what) {
    assertThat(actual).as(what).containsExactly(expected, within(1e-5));
  }

  private static double[] doubles(float[] values, int count) {
    double[] result = new double[count];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  private static float sine(int index, double scale) {
    return (float) (scale * Math.sin(index));
  }

  /** What PyTorch calls a block, as a part of which its numbers stand there. */
  private static String theirName(ParameterBlock block) {
    if (block.name().equals("candidate_state_bias")) {
      return "bias_hh";
    }
    return switch (block.name().substring(0, block.name().indexOf('/'))) {
      case "input_weights" -> "weight_ih";
      case "state_weights" -> "weight_hh";
      default -> "bias_ih";
    };
  }

  /** Their matrices are units × inputs, gate under gate. */
  private static int theirIndex(String kind, ParameterBlock block, int row, int unit) {
    String gate = block.name().substring(block.name().indexOf('/') + 1);
    int number = gate.equals("candidate_state_bias") ? 2 : GATES.get(kind).indexOf(gate);
    return (number * UNITS + unit) * block.rows() + row;
  }

  private static void fill(Network network, String kind) {
    List<String> order = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");
    for (ParameterBlock block : network.blocks()) {
      int start = 100 * order.indexOf(theirName(block)) + 1;
      for (int unit = 0; unit < UNITS; unit++) {
        for (int row = 0; row < block.rows(); row++) {
          network.parameters()[block.index(row, unit)] =
              sine(start + theirIndex(kind, block, row, unit), 0.5);
        }
      }
    }
  }

  private static Map<String, double[]> expected(String kind) throws IOException {
    Map<String, double[]> expected = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    RecurrentLayersTest.class.getResourceAsStream("recurrent.csv")),
                StandardCharsets.US_ASCII))) {
      reader
          .lines()
          .map(line -> line.split(",", -1))
          .filter(words -> words[0].startsWith(kind + " "))
          .forEach(words ->
              expected.put(
                  words[0].substring(kind.length() + 1),
                  Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray()));
    }
    return expected;
  }

  /** Three sequences; within the first, an episode begins at step 2. */
  private static Sequences sequences() {
    Sequences sequences = new Sequences(Arrays.stream(LENGTHS).sum());
    for (int length : LENGTHS) {
      sequences.add(length);
    }
    sequences.arrange();
    sequences.first(sequences.row(2, 0), true);
    return sequences;
  }

  static Stream<Arguments> networks() {
    return Kernels.available().stream()
        .flatMap(kernel ->
            Stream.of(
                    List.of(new Lstm(64)),
                    List.of(new Gru(33)),
                    List.of(
                        new Dense(9, Activation.TANH),
                        new Lstm(7),
                        new Gru(16),
                        new Dense(2, Activation.NONE)))
                .map(layers -> Arguments.of(layers, kernel)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void sequencesOfAnyLength_equalSingleSteps(List<LayerSpec> layers, Kernel kernel) {
    RandomStream random = RandomStream.ofSeed(4);
    Network network =
        Network.create(new NetworkSpec(InputSpec.vector(INPUTS), layers), random, kernel);
    Sequences sequences = sequences();
    Workspace together = network.workspace(sequences.rows(), Workspace.Use.FORWARD);
    for (int i = 0; i < together.inputs().length; i++) {
      together.inputs()[i] = (float) random.uniform(-1, 1);
    }
    for (int i = 0; i < LENGTHS.length * network.stateSize(); i++) {
      together.states()[i] = (float) random.uniform(-1, 1);
    }
    network.forward(together, sequences);

    Workspace single = network.workspace(1, Workspace.Use.FORWARD);
    int size = network.stateSize();
    for (int place = 0; place < LENGTHS.length; place++) {
      System.arraycopy(together.states(), place * size, single.states(), 0, size);
      for (int step = 0; step < LENGTHS[place]; step++) {
        int row = sequences.row(step, place);
        if (sequences.first(row)) {
          Arrays.fill(single.states(), 0f);
        }
        System.arraycopy(together.inputs(), row * INPUTS, single.inputs(), 0, INPUTS);
        network.forward(single, 1);
        System.arraycopy(single.finalStates(), 0, single.states(), 0, size);
        int at = row * together.outputStride();
        assertThat(Arrays.copyOfRange(together.outputs(), at, at + together.outputStride()))
            .as("outputs of step %d of sequence %d", step, place)
            .isEqualTo(single.outputs());
      }
      assertThat(Arrays.copyOfRange(together.finalStates(), place * size, (place + 1) * size))
          .isEqualTo(single.finalStates());
    }
  }

  static Stream<Arguments> wideCells() {
    return Kernels.available().stream()
        .flatMap(kernel ->
            Stream.of(Arguments.of(new Lstm(40), kernel), Arguments.of(new Gru(33), kernel)));
  }

  /** So many that products share packed weights, until too few are left. */
  @ParameterizedTest
  @MethodSource("wideCells")
  void manySequences_haveTheBitsOfEachAlone(LayerSpec cell, Kernel kernel) {
    RandomStream random = RandomStream.ofSeed(6);
    Network network =
        Network.create(NetworkSpec.of(InputSpec.vector(INPUTS), cell), random, kernel);
    Sequences all = new Sequences(300);
    for (int i = 0; i < 30; i++) {
      all.add(1 + i / 5);
    }
    all.arrange();
    Workspace together = network.workspace(all.rows(), Workspace.Use.TRAINING_WITH_INPUTS);
    random.fillRandom(together.inputs(), 0, together.inputs().length);
    int size = network.stateSize();
    random.fillRandom(together.states(), 0, all.count() * size);
    network.forward(together, all);
    int outputs = together.outputStride();
    Arrays.fill(together.outputGradients(), 0, all.rows() * outputs, 0.5f);
    float[] gradients = network.newVector();
    network.backward(together, all.rows(), gradients);

    int inputGradients = together.inputGradients().length / all.rows();
    for (int place = 0; place < all.count(); place++) {
      int steps = all.length(place);
      Sequences one = new Sequences(steps);
      one.add(steps);
      one.arrange();
      Workspace alone = network.workspace(steps, Workspace.Use.TRAINING_WITH_INPUTS);
      System.arraycopy(together.states(), place * size, alone.states(), 0, size);
      for (int step = 0; step < steps; step++) {
        System.arraycopy(
            together.inputs(),
            all.row(step, place) * INPUTS,
            alone.inputs(),
            step * INPUTS,
            INPUTS);
      }
      network.forward(alone, one);
      Arrays.fill(alone.outputGradients(), 0.5f);
      network.backward(alone, steps, gradients);
      for (int step = 0; step < steps; step++) {
        assertThat(row(alone.outputs(), step, outputs))
            .isEqualTo(row(together.outputs(), all.row(step, place), outputs));
        assertThat(row(alone.inputGradients(), step, inputGradients))
            .as("gradients of the inputs of step %d of sequence %d", step, place)
            .isEqualTo(row(together.inputGradients(), all.row(step, place), inputGradients));
      }
    }
  }

  private static float[] row(float[] values, int row, int width) {
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  @Test
  void arrange_putsTheLongestFirstAndEqualOnesInOrder() {
    Sequences sequences = new Sequences(20);
    for (int length : new int[] {2, 5, 1, 5, 3}) {
      sequences.add(length);
    }
    sequences.arrange();

    assertThat(IntStream.range(0, 5).map(sequences::at)).containsExactly(1, 3, 4, 0, 2);
    assertThat(IntStream.range(0, 5).map(sequences::going)).containsExactly(5, 4, 3, 2, 2);
    assertThat(sequences.rows()).isEqualTo(16);
    assertThat(sequences.row(2, 1)).isEqualTo(10);
    assertThat(sequences.length(2)).isEqualTo(3);
  }

  @Test
  void add_moreThanFit_isRefused() {
    Sequences sequences = new Sequences(4);
    sequences.add(3);

    assertThatThrownBy(() -> sequences.add(2))
        .hasMessage("a sequence must have from 1 to 1 steps, which are left of 4, had 2");
  }

  @Test
  void recurrentLayersPerQuantile_areRefused() {
    NetworkSpec spec =
        NetworkSpec.of(
            InputSpec.vector(4), new ImplicitQuantiles(3, 1, false, 5, List.of(new Gru(2))));

    assertThatThrownBy(() -> Network.create(spec, RandomStream.ofSeed(0)))
        .hasMessageStartingWith("layers that see a row per quantile must not be recurrent");
  }

  @Test
  void text_isReadBack() {
    assertThat(HiddenLayer.parse("lstm 64").toString()).isEqualTo("lstm 64");
    assertThat(HiddenLayer.parse("gru 32").with(Activation.TANH, new Initialisation.FanIn()))
        .containsExactly(new Gru(32));
    assertThatThrownBy(() -> HiddenLayer.parse("lstm 64 tanh"))
        .hasMessageContaining("there is more than a layer 'lstm' has");
  }
}
