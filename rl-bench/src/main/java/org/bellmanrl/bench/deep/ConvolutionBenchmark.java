package org.bellmanrl.bench.deep;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Convolution2d;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Flatten;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.NetworkSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Networks that see images of bytes: a whole update of DQN, and one forward and backward pass.
 *
 * <p>Images of 84 × 84 × 4 and 64 × 64 × 3 go through three convolutions (Mnih et al., 2015) and
 * 512 units, images of 10 × 10 × 4 through the single convolution of MinAtar (Young and Tian, 2019)
 * and 128 units. Batches are of 32 rows, and of 64 for the small images.
 *
 * <p>The limits, for the same hour on the same machine: as many fused multiply-adds, by the same
 * vectors, from registers. One thread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+UseSerialGC",
      "-Dbellman.threads=1"
    })
@State(Scope.Thread)
public class ConvolutionBenchmark {
  private static final int ACTIONS = 6;

  /** Side, side and channels of an image. */
  @Param({"84x84x4", "64x64x3", "10x10x4"})
  public String image;

  private DqnUpdate work = new DqnUpdate(NetworkSpec.mlp(1, 1, Activation.RELU), 1);
  private final PeakArithmetic peak = new PeakArithmetic();

  /** Creates networks and a batch. */
  @Setup
  public void setUp() {
    work =
        switch (image) {
          case "84x84x4" -> new DqnUpdate(large(84, 4), 32);
          case "64x64x3" -> new DqnUpdate(large(64, 3), 32);
          case "10x10x4" -> new DqnUpdate(small(), 64);
          default -> throw new IllegalArgumentException("there is no network for " + image);
        };
  }

  private static NetworkSpec large(int side, int channels) {
    return NetworkSpec.of(
        InputSpec.pixels(side, side, channels),
        new Convolution2d(32, 8, 4, Activation.RELU),
        new Convolution2d(64, 4, 2, Activation.RELU),
        new Convolution2d(64, 3, 1, Activation.RELU),
        new Flatten(),
        new Dense(512, Activation.RELU),
        new Dense(ACTIONS, Activation.NONE));
  }

  private static NetworkSpec small() {
    return NetworkSpec.of(
        InputSpec.pixels(10, 10, 4),
        new Convolution2d(16, 3, 1, Activation.RELU),
        new Flatten(),
        new Dense(128, Activation.RELU),
        new Dense(ACTIONS, Activation.NONE));
  }

  /** A whole update. */
  @Benchmark
  public float update() {
    return work.update();
  }

  /** The fused multiply-adds of an update and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run(work.multiplyAdds() + work.forwardMultiplyAdds());
  }

  /** A forward and a backward pass. */
  @Benchmark
  public float forwardAndBackward() {
    return work.forwardAndBackward();
  }

  /** The fused multiply-adds of a forward and a backward pass and nothing else. */
  @Benchmark
  public float passesArithmeticAlone() {
    return peak.run(work.multiplyAdds());
  }
}
