package org.bellmanrl.deep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of every layer against central differences, by every kernel, at odd sizes.
 *
 * <p>The loss is a fixed random weighting of the outputs. A difference of floats is coarse, so the
 * comparison is with the scale of all gradients; ReLU's kinks are kept out of reach by smooth
 * layers around it or by checking that most, not all, agree.
 */
class GradientTest {
  private static final Initialisation XAVIER = new Initialisation.Xavier(1.5);

  static Stream<Arguments> networks() {
    List<NetworkSpec> specs = new ArrayList<>();
    for (Activation activation : List.of(Activation.TANH, Activation.SILU)) {
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(21),
              new Parallel(
                  List.of(
                      Parallel.Branch.unchanged(0, 2),
                      new Parallel.Branch(
                          1,
                          List.of(3, 3, 2),
                          List.of(
                              new Convolution2d(3, 2, 1, 0, activation, XAVIER), new Flatten())),
                      new Parallel.Branch(
                          17, List.of(4), List.of(new Dense(5, activation, XAVIER))))),
              new Dense(3, Activation.NONE, XAVIER)));
    }
    for (Activation activation : Activation.values()) {
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(3),
              new Dense(17, activation, XAVIER),
              new Dense(5, Activation.NONE, XAVIER)));
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(5),
              new Dense(7, Activation.NONE, XAVIER),
              new LayerNormalization(activation),
              new Dense(6, Activation.NONE, XAVIER),
              new LayerNormalization(activation, 1e-4, false),
              new Dense(3, Activation.TANH, XAVIER)));
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(5),
              new BatchRenormalization(Activation.NONE),
              new Dense(7, Activation.NONE, XAVIER),
              new BatchRenormalization(activation),
              new Dense(3, Activation.TANH, XAVIER)));
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(6),
              new NoisyDense(9, activation),
              new NoisyDense(2, Activation.NONE)));
    }
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(5),
            new ResidualBlock(5, 2, Activation.TANH, XAVIER),
            new Dropout(0.3),
            new Dense(17, Activation.NONE, XAVIER),
            new ResidualBlock(17, 3, Activation.SILU, XAVIER),
            new LayerNormalization(Activation.NONE),
            new Dense(2, Activation.NONE, XAVIER)));
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(5),
            new Parallel(
                List.of(
                    new Parallel.Branch(
                        0,
                        List.of(3),
                        List.of(new Lstm(4), new Dense(5, Activation.TANH, XAVIER), new Gru(3))),
                    Parallel.Branch.unchanged(3, 2))),
            new Dense(6, Activation.TANH, XAVIER),
            new Dense(2, Activation.NONE, XAVIER)));
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(3),
            new HypersphericalEmbedding(10, 3),
            new HypersphericalBlock(10, 2, 0.5, Activation.RELU),
            new HypersphericalBlock(10, 3, 0.4, Activation.TANH),
            new Dense(2, Activation.NONE, XAVIER)));
    specs.add(
        Trunk.parse(Activation.TANH, "embedding 3", "4")
            .network(
                new ObservationEncoder(new MultiDiscrete(4, 2)),
                XAVIER,
                new Dense(2, Activation.NONE, XAVIER)));
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(6),
            new Embedding(19),
            new Embedding(4),
            new Dense(2, Activation.TANH, XAVIER)));
    specs.add(NetworkSpec.of(InputSpec.vector(20), new Dense(1, Activation.SILU, XAVIER)));
    specs.add(
        NetworkSpec.of(InputSpec.vector(4), new Dense(4, Activation.TANH, XAVIER), new Dueling(3)));
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(4), new Dense(30, Activation.SILU, XAVIER), new Dueling(5, 5)));
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(4),
            new Dense(6, Activation.TANH, XAVIER),
            new Parallel(
                List.of(
                    new Parallel.Branch(
                        0, List.of(6), List.of(new Dense(2, Activation.NONE, XAVIER))),
                    new Parallel.Branch(
                        0, List.of(6), List.of(new StateDependentNoise(2, -0.5, true))),
                    Parallel.Branch.unchanged(0, 6)))));
    for (boolean drawn : new boolean[] {false, true}) {
      specs.add(
          NetworkSpec.of(
              InputSpec.vector(4),
              new Dense(17, Activation.TANH, XAVIER),
              new ImplicitQuantiles(
                  3,
                  1,
                  drawn,
                  7,
                  List.of(
                      new NoisyDense(9, Activation.TANH),
                      new Dense(4, Activation.NONE, XAVIER),
                      new Dueling(3)))));
    }
    specs.add(
        NetworkSpec.of(
            InputSpec.vector(3),
            new Dense(5, Activation.TANH, XAVIER),
            new Lstm(17),
            new Dense(2, Activation.NONE, XAVIER)));
    specs.add(NetworkSpec.of(InputSpec.vector(9), new Gru(6), new Gru(20)));
    InputSpec image = new InputSpec(DType.FLOAT32, List.of(7, 6, 3));
    specs.add(
        NetworkSpec.of(
            image,
            new Convolution2d(5, 3, 2, 1, Activation.TANH, XAVIER),
            new Convolution2d(4, 2, 1, 0, Activation.SILU, XAVIER),
            new Flatten(),
            new Dense(3, Activation.NONE, XAVIER)));
    specs.add(
        NetworkSpec.of(
            image,
            new Convolution2d(17, 4, 2, 3, Activation.NONE, XAVIER),
            new Flatten(),
            new Dense(2, Activation.TANH, XAVIER)));
    specs.add(NetworkSpec.of(image, new Flatten(), new Dense(2, Activation.TANH, XAVIER)));
    for (Activation activation : List.of(Activation.NONE, Activation.TANH, Activation.SILU)) {
      specs.add(
          NetworkSpec.of(
              image,
              new LayerNormalization(Activation.NONE, 0.1),
              new Convolution2d(17, 3, 2, 1, Activation.NONE, XAVIER),
              new LayerNormalization(activation),
              new Convolution2d(5, 2, 1, 0, Activation.NONE, XAVIER),
              new LayerNormalization(Activation.TANH),
              new Flatten(),
              new Dense(3, Activation.NONE, XAVIER)));
      specs.add(
          NetworkSpec.of(
              image,
              new BatchRenormalization(Activation.NONE),
              new Convolution2d(17, 3, 2, 1, Activation.NONE, XAVIER),
              new BatchRenormalization(activation),
              new Flatten(),
              new Dense(3, Activation.TANH, XAVIER)));
    }
    return specs.stream()
        .flatMap(spec -> Kernels.available().stream().map(kernel -> Arguments.of(spec, kernel)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void backward_agreesWithDifferences(NetworkSpec spec, Kernel kernel) {
    RandomStream random = RandomStream.ofSeed(3);
    Network network = Network.create(spec, random, kernel);
    int rows = 9;
    Workspace work = network.workspace(rows + 2, Workspace.Use.TRAINING_WITH_INPUTS);
    work.sampleNoise(random);
    work.batchStatistics(true);
    for (int i = 0; i < work.inputs().length; i++) {
      work.inputs()[i] = (float) random.uniform(-1, 1);
    }
    float[] weighting = new float[rows * work.outputStride()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < network.outputSize(); i++) {
        weighting[row * work.outputStride() + i] = (float) random.uniform(-1, 1);
      }
    }

    forward(network, work, rows);
    System.arraycopy(weighting, 0, work.outputGradients(), 0, weighting.length);
    float[] gradients = network.newVector();
    network.backward(work, rows, gradients);
    float[] inputGradients = work.inputGradients().clone();

    Differences parameters = new Differences();
    for (ParameterBlock block : network.blocks()) {
      for (int r = 0; r < block.rows(); r++) {
        for (int c = 0; c < block.columns(); c++) {
          int i = block.index(r, c);
          parameters.add(
              gradients[i], difference(network, work, weighting, network.parameters(), i, rows));
        }
      }
    }
    parameters.check();

    Differences inputs = new Differences();
    int channels = network.spec().input().extent().channels();
    int size = network.inputSize();
    for (int i = 0; i < rows * size; i++) {
      int at = i / channels * work.inputGradientStride() + i % channels;
      inputs.add(inputGradients[at], difference(network, work, weighting, work.inputs(), i, rows));
    }
    inputs.check();
  }

  private static double difference(
      Network network, Workspace work, float[] weighting, float[] vector, int i, int rows) {
    float before = vector[i];
    float step = 4e-3f;
    vector[i] = before + step;
    double up = loss(network, work, weighting, rows);
    double width = vector[i];
    vector[i] = before - step;
    double down = loss(network, work, weighting, rows);
    width -= vector[i];
    vector[i] = before;
    return (up - down) / width;
  }

  private static double loss(Network network, Workspace work, float[] weighting, int rows) {
    forward(network, work, rows);
    double loss = 0;
    for (int i = 0; i < weighting.length; i++) {
      loss += (double) weighting[i] * work.outputs()[i];
    }
    return loss;
  }

  /** Recurrent networks see sequences of 5, 3 and 1 steps, with two episodes in the first. */
  private static void forward(Network network, Workspace work, int rows) {
    if (network.stateSize() == 0) {
      network.forward(work, rows);
      return;
    }
    Sequences sequences = new Sequences(rows);
    sequences.add(5);
    sequences.add(3);
    sequences.add(1);
    sequences.arrange();
    sequences.first(sequences.row(3, 0), true);
    network.forward(work, sequences);
  }

  /** Pairs of a gradient and a difference. */
  private static final class Differences {
    private final List<double[]> pairs = new ArrayList<>();
    private double scale;

    void add(double gradient, double difference) {
      pairs.add(new double[] {gradient, difference});
      scale = Math.max(scale, Math.abs(difference));
    }

    void check() {
      assertThat(scale).isGreaterThan(0.01);
      long far =
          pairs.stream().filter(pair -> Math.abs(pair[0] - pair[1]) > 2e-3 * scale + 1e-4).count();
      // A difference across a kink of ReLU is not the gradient: one in fifty may be.
      assertThat(far).isLessThanOrEqualTo(pairs.size() / 50);
    }
  }
}
