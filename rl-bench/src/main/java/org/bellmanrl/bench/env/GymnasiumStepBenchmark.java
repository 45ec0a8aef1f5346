package org.bellmanrl.bench.env;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Calls a second of Gymnasium's CartPole in Python processes, or in a Python within the JVM, with
 * random actions, resets of ended episodes included; a call steps all rows. Needs Python and
 * Gymnasium. Its peer is {@code bench/peers/gymnasium_vector.py}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GymnasiumStepBenchmark {

  /** Environments. */
  @Param({"1", "8", "64"})
  public int rows = 1;

  /** Processes that share them; 0 for the JVM itself. */
  @Param({"0", "1", "2"})
  public int workers = 1;

  private final RandomStream draws = RandomStream.ofSeed(1);
  private VectorEnvironment environment;
  private RandomStreams random;
  private Rows all;
  private Rows ended;
  private Columns actions;
  private Outcomes outcomes;

  /** Makes the environments. */
  @Setup
  public void prepare() {
    Registry registry =
        Registry.builder().discover(GymnasiumStepBenchmark.class.getClassLoader()).build();
    environment =
        registry
            .get(EnvironmentEntry.class, "gym/CartPole-v1")
            .create(workers == 0 ? Map.of("in_process", true) : Map.of("workers", workers), rows);
    EnvironmentSpec spec = environment.spec();
    random = RandomStreams.ofSeeds(new long[rows]);
    all = Rows.all(rows);
    ended = new Rows(rows);
    actions = new Columns(spec.actionSpace(), rows);
    outcomes = new Outcomes(spec, rows);
    environment.reset(all, random, outcomes.observations());
  }

  /** Ends the processes. */
  @TearDown
  public void close() {
    environment.close();
  }

  /** A step of every row. */
  @Benchmark
  public double step() {
    ended.clear();
    for (int row = 0; row < rows; row++) {
      if (outcomes.terminated()[row]) {
        ended.add(row);
      }
      actions.ints()[row] = draws.integers(2);
    }
    if (!ended.isEmpty()) {
      environment.reset(ended, random, outcomes.observations());
    }
    outcomes.clear(all);
    environment.step(all, actions, random, outcomes);
    return outcomes.reward()[0];
  }
}
