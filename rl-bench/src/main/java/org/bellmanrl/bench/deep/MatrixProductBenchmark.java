package org.bellmanrl.bench.deep;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.kernel.Kernels;
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
 * The three matrix products of a dense layer with ReLU: forward, and on the way back the gradients
 * of the weights and of the inputs.
 *
 * <p>The limit, for the same hour on the same machine: as many fused multiply-adds, by the same
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
public class MatrixProductBenchmark {
  /** Rows of the batch, inputs and units. */
  @Param({"64x64x64", "64x256x256", "256x256x256", "64x512x512", "32x3136x512"})
  public String shape;

  private final Kernel kernel = Kernels.chosen();
  private final PeakArithmetic peak = new PeakArithmetic();
  private int rows;
  private int inputs;
  private int units;
  private float[] values = {};
  private float[] weights = {};
  private float[] bias = {};
  private float[] outputs = {};
  private float[] outputGradients = {};
  private float[] weightGradients = {};
  private float[] inputGradients = {};
  private float[] zeros = {};

  /** Creates the operands. */
  @Setup
  public void setUp() {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    rows = sizes[0];
    inputs = sizes[1];
    units = sizes[2];
    RandomStream random = RandomStream.ofSeed(1);
    values = numbers(rows * inputs, random);
    weights = numbers(inputs * units, random);
    bias = numbers(units, random);
    outputs = new float[rows * units];
    outputGradients = numbers(rows * units, random);
    weightGradients = new float[inputs * units];
    inputGradients = new float[rows * inputs];
    zeros = new float[inputs];
  }

  private static float[] numbers(int count, RandomStream random) {
    float[] numbers = new float[count];
    random.fillRandom(numbers, 0, count);
    return numbers;
  }

  /** The outputs: X·W + b, rectified. */
  @Benchmark
  public float[] forward() {
    kernel
        .products()
        .multiply(
            rows, units, inputs, values, 0, inputs, 1, weights, 0, units, 1, bias, 0, 0, outputs, 0,
            units, true);
    return outputs;
  }

  /** The gradients of the weights, to which they are added: Xᵀ·dY. */
  @Benchmark
  public float[] weightGradient() {
    kernel
        .products()
        .multiply(
            inputs,
            units,
            rows,
            values,
            0,
            1,
            inputs,
            outputGradients,
            0,
            units,
            1,
            weightGradients,
            0,
            units,
            weightGradients,
            0,
            units,
            false);
    return weightGradients;
  }

  /** The gradients of the inputs: dY·Wᵀ. */
  @Benchmark
  public float[] inputGradient() {
    kernel
        .products()
        .multiply(
            rows,
            inputs,
            units,
            outputGradients,
            0,
            units,
            1,
            weights,
            0,
            1,
            units,
            zeros,
            0,
            0,
            inputGradients,
            0,
            inputs,
            false);
    return inputGradients;
  }

  /** The fused multiply-adds of a product and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run((long) rows * inputs * units);
  }
}
