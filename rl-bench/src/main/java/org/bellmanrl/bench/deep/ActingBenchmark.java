package org.bellmanrl.bench.deep;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.deep.network.Activation;
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
 * The latency of acting: a forward pass of few rows through 4-256-256-2.
 *
 * <p>Its limit is {@link #weightsAlone}, the trip of the weights through the cache: each vector of
 * the parameters is loaded and added once. Many rows need more arithmetic than that: {@link
 * #arithmeticAlone}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@State(Scope.Thread)
public class ActingBenchmark {
  /** Rows of the batch. */
  @Param({"1", "4", "16", "64"})
  public int rows;

  private DqnUpdate work = new DqnUpdate(NetworkSpec.mlp(1, 1, Activation.RELU), 1);
  private final PeakArithmetic peak = new PeakArithmetic();

  /** Creates networks and a batch. */
  @Setup
  public void setUp() {
    work = new DqnUpdate(NetworkSpec.mlp(4, 2, Activation.RELU, 256, 256), rows);
  }

  /** The values of the actions. */
  @Benchmark
  public float act() {
    return work.act(rows);
  }

  /** One pass over the parameters and nothing else. */
  @Benchmark
  public float weightsAlone() {
    return peak.sum(work.parameters());
  }

  /** The fused multiply-adds of the forward pass and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run(work.forwardMultiplyAdds());
  }
}
