package org.bellmanrl.bench.deep;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Gru;
import org.bellmanrl.deep.network.InputSpec;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.Sequences;
import org.bellmanrl.deep.network.Workspace;
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
 * A recurrent layer of 128 units on 128 inputs, over 32 sequences of 64 steps: forward, and through
 * time.
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
public class RecurrentBenchmark {
  private static final int BATCH = 32;
  private static final int STEPS = 64;
  private static final int UNITS = 128;

  /** The layer. */
  @Param({"lstm", "gru"})
  public String layer;

  private final PeakArithmetic peak = new PeakArithmetic();
  private final Sequences sequences = new Sequences(BATCH * STEPS);
  private Network network = network("lstm");
  private Workspace work = network.workspace(1, Workspace.Use.FORWARD);
  private float[] gradients = {};

  /** Creates a layer and a batch. */
  @Setup
  public void setUp() {
    network = network(layer);
    work = network.workspace(BATCH * STEPS, Workspace.Use.TRAINING_WITH_INPUTS);
    gradients = network.newVector();
    RandomStream random = RandomStream.ofSeed(1);
    random.fillRandom(work.inputs(), 0, work.inputs().length);
    sequences.clear();
    for (int i = 0; i < BATCH; i++) {
      sequences.add(STEPS);
    }
    sequences.arrange();
  }

  private static Network network(String layer) {
    LayerSpec spec =
        switch (layer) {
          case "lstm" -> new Lstm(UNITS);
          case "gru" -> new Gru(UNITS);
          default -> throw new IllegalArgumentException("there is no layer " + layer);
        };
    return Network.create(NetworkSpec.of(InputSpec.vector(UNITS), spec), RandomStream.ofSeed(0));
  }

  /** The outputs of all steps. */
  @Benchmark
  public float forward() {
    network.forward(work, sequences);
    return work.outputs()[0];
  }

  /** The outputs of all steps, and the gradients of parameters and inputs. */
  @Benchmark
  public float forwardAndBackward() {
    network.forward(work, sequences);
    Arrays.fill(work.outputGradients(), 1f);
    Arrays.fill(gradients, 0f);
    network.backward(work, BATCH * STEPS, gradients);
    return gradients[0];
  }

  /** The fused multiply-adds of a forward pass and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run(multiplyAdds());
  }

  /** The fused multiply-adds of a forward and a backward pass and nothing else. */
  @Benchmark
  public float passesArithmeticAlone() {
    return peak.run(3 * multiplyAdds());
  }

  private long multiplyAdds() {
    int gates = layer.equals("lstm") ? 4 : 3;
    return 2L * BATCH * STEPS * UNITS * gates * UNITS;
  }
}
