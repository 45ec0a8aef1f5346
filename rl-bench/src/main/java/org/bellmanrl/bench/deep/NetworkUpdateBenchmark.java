package org.bellmanrl.bench.deep;

import java.util.concurrent.TimeUnit;
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
 * A whole update of DQN on a batch of 64: forward with the target and the online network, Huber's
 * loss, backward, clipping by global norm, Adam; and one action's forward pass. The networks are
 * 4-64-64-2 and 4-256-256-2 with ReLU.
 *
 * <p>{@link #arithmeticAlone} is the yardstick for the same hour on the same machine: as many fused
 * multiply-adds as an update needs, by the same vectors, from registers.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@State(Scope.Thread)
public class NetworkUpdateBenchmark {
  /** Units of both hidden layers. */
  @Param({"64", "256"})
  public int units;

  private DqnUpdate work = new DqnUpdate(1);
  private final PeakArithmetic peak = new PeakArithmetic();

  /** Makes networks and a batch. */
  @Setup
  public void setUp() {
    work = new DqnUpdate(units);
  }

  /** A whole update. */
  @Benchmark
  public float update() {
    return work.update();
  }

  /** The values of one observation's actions. */
  @Benchmark
  public float act() {
    return work.act();
  }

  /** The forward pass of a batch. */
  @Benchmark
  public float forward() {
    return work.forward();
  }

  /** The fused multiply-adds of an update and nothing else. */
  @Benchmark
  public float arithmeticAlone() {
    return peak.run(work.multiplyAdds());
  }
}
