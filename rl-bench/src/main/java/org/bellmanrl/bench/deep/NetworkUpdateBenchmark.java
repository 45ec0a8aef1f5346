package org.bellmanrl.bench.deep;

import java.util.Arrays;
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
 * A whole update of DQN: forward with the target and the online network, Huber's loss, backward,
 * clipping by global norm, Adam; and the forward pass alone. The networks have four inputs, two
 * outputs and ReLU.
 *
 * <p>The limits, for the same hour on the same machine: as many fused multiply-adds as an update or
 * a forward pass needs, by the same vectors, from registers. One thread.
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
public class NetworkUpdateBenchmark {
  /** Units of the hidden layers. */
  @Param({"64x64", "256x256", "512x512x512"})
  public String hidden;

  /** Rows of a batch. */
  @Param({"64", "128", "256"})
  public int batch;

  private DqnUpdate work = new DqnUpdate(NetworkSpec.mlp(1, 1, Activation.RELU), 1);
  private final PeakArithmetic peak = new PeakArithmetic();

  /** Creates networks and a batch. */
  @Setup
  public void setUp() {
    int[] units = Arrays.stream(hidden.split("x")).mapToInt(Integer::parseInt).toArray();
    work = new DqnUpdate(NetworkSpec.mlp(4, 2, Activation.RELU, units), batch);
  }

  /** A whole update. */
  @Benchmark
  public float update() {
    return work.update();
  }

  /** The forward pass of a batch. */
  @Benchmark
  public float forward() {
    return work.act(batch);
  }

  /** The fused multiply-adds of an update and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run(work.multiplyAdds() + work.forwardMultiplyAdds());
  }

  /** The fused multiply-adds of a forward pass and nothing else. */
  @Benchmark
  public float forwardArithmeticAlone() {
    return peak.run(work.forwardMultiplyAdds());
  }
}
