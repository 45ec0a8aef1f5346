package org.bellmanrl.bench.env;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.env.minatar.Asterix;
import org.bellmanrl.env.minatar.Breakout;
import org.bellmanrl.env.minatar.Freeway;
import org.bellmanrl.env.minatar.MinAtarOptions;
import org.bellmanrl.env.minatar.Seaquest;
import org.bellmanrl.env.minatar.SpaceInvaders;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.DefendTheCenter;
import org.bellmanrl.env.raycast.RaycastOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps a second of environments whose observations are planes or pictures, in a batch of 1,024 on
 * one thread, resets of ended episodes included, with actions drawn beforehand. Ray-cast pictures
 * have 84 × 84 pixels, of grey values or RGB, and a step of theirs is four tics.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PixelStepBenchmark {
  private static final int BATCH = 1024;

  /** Which environment. */
  @Param({
    "Breakout",
    "Asterix",
    "Freeway",
    "Seaquest",
    "SpaceInvaders",
    "Basic",
    "BasicRgb",
    "DefendTheCenter"
  })
  public String task = "Breakout";

  private BatchLoop batch;

  /** Makes the batch. */
  @Setup
  public void prepare() {
    batch = new BatchLoop(environment());
  }

  /** Closes it. */
  @TearDown
  public void close() {
    batch.close();
  }

  private VectorEnvironment environment() {
    MinAtarOptions game = MinAtarOptions.defaults();
    RaycastOptions world = RaycastOptions.defaults();
    return switch (task) {
      case "Breakout" -> Breakout.batch(game, BATCH);
      case "Asterix" -> Asterix.batch(game, BATCH);
      case "Freeway" -> Freeway.batch(game, BATCH);
      case "Seaquest" -> Seaquest.batch(game, BATCH);
      case "SpaceInvaders" -> SpaceInvaders.batch(game, BATCH);
      case "Basic" -> Basic.batch(world, BATCH);
      case "BasicRgb" -> Basic.batch(world.withRgb(true), BATCH);
      case "DefendTheCenter" -> DefendTheCenter.batch(world, BATCH);
      default -> throw new IllegalArgumentException("no such task: " + task);
    };
  }

  /** A step of every row. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Outcomes batch() {
    return batch.run();
  }
}
