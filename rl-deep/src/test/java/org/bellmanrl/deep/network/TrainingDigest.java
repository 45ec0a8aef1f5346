package org.bellmanrl.deep.network;

import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
import org.bellmanrl.deep.optimizer.AdamW;
import org.bellmanrl.deep.optimizer.GlobalNorm;
import org.bellmanrl.deep.optimizer.Optimizer;

/**
 * Trains small networks of every layer and prints a checksum of their parameters per kernel: run by
 * {@link ExactnessTest} in JVMs that interpret and that compile.
 */
final class TrainingDigest {
  private static final int ROWS = 5;

  private TrainingDigest() {}

  public static void main(String[] arguments) {
    int updates = Integer.parseInt(arguments[0]);
    for (Kernel kernel : Kernels.available()) {
      System.out.println(Long.toHexString(digest(kernel, updates)));
    }
  }

  static long digest(Kernel kernel, int updates) {
    CRC32C checksum = new CRC32C();
    for (NetworkSpec spec : specs()) {
      Network network = Network.create(spec, RandomStream.ofSeed(1), kernel);
      train(network, updates);
      for (float parameter : network.parameters()) {
        int bits = Float.floatToRawIntBits(parameter);
        for (int shift = 0; shift < 32; shift += 8) {
          checksum.update(bits >>> shift);
        }
      }
    }
    return checksum.getValue();
  }

  private static List<NetworkSpec> specs() {
    Initialisation xavier = new Initialisation.Xavier(1);
    return List.of(
        NetworkSpec.mlp(3, 2, Activation.RELU, 33, 17),
        NetworkSpec.of(
            InputSpec.vector(5),
            new Dense(21, Activation.NONE, new Initialisation.Orthogonal(1)),
            new LayerNormalization(Activation.TANH),
            new NoisyDense(9, Activation.SILU),
            new Dense(13, Activation.LEAKY_RELU, xavier),
            new LayerNormalization(Activation.LEAKY_RELU, 1e-5, false),
            new NoisyDense(8, Activation.TANH),
            new Dueling(3, 2)),
        NetworkSpec.of(
            new InputSpec(DType.FLOAT32, List.of(5, 4, 2)),
            new Convolution2d(6, 3, 1, 1, Activation.RELU, xavier),
            new Convolution2d(18, 2, 2, 0, Activation.SILU, xavier),
            new Flatten(),
            new Dense(2, Activation.TANH, xavier)),
        NetworkSpec.of(
            new InputSpec(DType.FLOAT32, List.of(5, 4, 2)),
            new BatchRenormalization(Activation.NONE),
            new Convolution2d(18, 3, 1, 1, Activation.NONE, xavier),
            new LayerNormalization(Activation.RELU),
            new Convolution2d(6, 2, 1, 0, Activation.NONE, xavier),
            new LayerNormalization(Activation.SILU),
            new Flatten(),
            new Dense(2, Activation.TANH, xavier)),
        NetworkSpec.of(InputSpec.vector(3), new Lstm(21), new Gru(18), new Lstm(6)));
  }

  private static void train(Network network, int updates) {
    RandomStream random = RandomStream.ofSeed(2);
    Workspace work = network.workspace(ROWS, Workspace.Use.TRAINING_WITH_INPUTS);
    work.batchStatistics(true);
    Optimizer optimizer = new AdamW(1e-3).create(network.parameters().length);
    GlobalNorm norm = new GlobalNorm();
    float[] gradients = network.newVector();
    Sequences sequences = new Sequences(ROWS);
    sequences.add(3);
    sequences.add(2);
    sequences.arrange();
    for (int update = 0; update < updates; update++) {
      random.fillRandom(work.inputs(), 0, work.inputs().length);
      work.sampleNoise(random);
      if (network.stateSize() == 0) {
        network.forward(work, ROWS);
      } else {
        network.forward(work, sequences);
      }
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < network.outputSize(); i++) {
          int at = row * work.outputStride() + i;
          work.outputGradients()[at] = work.outputs()[at] - work.inputs()[row];
        }
      }
      Arrays.fill(gradients, 0f);
      network.backward(work, ROWS, gradients);
      optimizer.step(network.parameters(), gradients, 1e-2, norm.clip(gradients, 1f));
    }
  }
}
