package org.bellmanrl.bench.deep;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
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
 * Replay of observations of four floats: time per batch drawn, and per call of add.
 *
 * <p>The yardstick for the same hour on the same machine is {@link #bareGather}: places drawn by
 * the same generator, and as many floats copied from them out of one array, without ends, rows or
 * any check.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC"})
@State(Scope.Thread)
public class ReplaySamplingBenchmark {
  private static final int OBSERVED = 4;
  private static final int FLOATS = 2 * OBSERVED + 3;
  private static final int SLOT = OBSERVED + 3;
  private static final int MANY = 1000;
  private static final int EPISODE = 200;
  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of(
          "bench/Vector-v0",
          Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, OBSERVED),
          new Discrete(2));

  /** Observations that are kept. */
  @Param({"100000", "1000000"})
  public int capacity;

  /** Transitions drawn at once. */
  @Param({"64", "256"})
  public int batch;

  private final RandomStream random = RandomStream.ofSeed(1);
  private Replay uniform = new Replay(SPEC, 1, ReplayConfig.uniform(2, 1));
  private Replay prioritised = uniform;
  private Replay many = uniform;
  private ReplayBatch drawn = uniform.batch(1);
  private float[] errors = {};
  private float[] bare = {};
  private float[] gathered = {};
  private int[] places = {};
  private final Transitions one = transitions(1);
  private final Transitions thousand = transitions(MANY);
  private int step;

  /** Fills all memories. */
  @Setup
  public void fill() {
    uniform = new Replay(SPEC, 1, ReplayConfig.uniform(capacity, 0.99));
    prioritised = new Replay(SPEC, 1, ReplayConfig.prioritised(capacity, 0.99));
    many = new Replay(SPEC, MANY, ReplayConfig.uniform(capacity, 0.99));
    for (int i = 0; i < capacity; i++) {
      mark(one, i);
      uniform.add(one);
      prioritised.add(one);
    }
    for (int i = 0; i < capacity / MANY; i++) {
      mark(thousand, i);
      many.add(thousand);
    }
    drawn = uniform.batch(batch);
    errors = new float[batch];
    bare = new float[capacity * SLOT + OBSERVED];
    gathered = new float[batch * FLOATS];
    places = new int[batch];
    for (int i = 0; i < batch; i++) {
      errors[i] = random.randomFloat();
    }
    // So that leaves differ: every transition gets its own error.
    for (int i = 0; i < 4 * capacity / batch; i++) {
      prioritised.sample(random, drawn, 0.4);
      for (int k = 0; k < batch; k++) {
        errors[k] = random.randomFloat();
      }
      prioritised.update(drawn, errors);
    }
  }

  private static Transitions transitions(int rows) {
    return new Transitions(
        Rows.all(rows),
        new Observations(SPEC, rows),
        new Actions(SPEC.actionSpace(), Dict.EMPTY, rows),
        new Outcomes(SPEC, rows),
        null);
  }

  /** An episode of {@value EPISODE} steps. */
  private static void mark(Transitions transitions, int step) {
    boolean first = step % EPISODE == 0;
    boolean last = step % EPISODE == EPISODE - 1;
    for (int row = 0; row < transitions.first().length; row++) {
      transitions.first()[row] = first;
      transitions.terminated()[row] = last;
    }
  }

  /** One transition added. */
  @Benchmark
  public long add() {
    mark(one, step++);
    uniform.add(one);
    return uniform.added();
  }

  /** One transition added to a memory with priorities. */
  @Benchmark
  public long addPrioritised() {
    mark(one, step++);
    prioritised.add(one);
    return prioritised.added();
  }

  /** A thousand rows with one transition each; time per call. */
  @Benchmark
  public long addThousand() {
    many.add(thousand);
    return many.added();
  }

  /** A batch drawn uniformly. */
  @Benchmark
  public ReplayBatch sampleUniformly() {
    uniform.sample(random, drawn);
    return drawn;
  }

  /** A batch drawn by priority. */
  @Benchmark
  public ReplayBatch sampleByPriority() {
    prioritised.sample(random, drawn, 0.4);
    return drawn;
  }

  /** A batch drawn by priority, and new priorities for it. */
  @Benchmark
  public ReplayBatch sampleByPriorityAndUpdate() {
    prioritised.sample(random, drawn, 0.4);
    prioritised.update(drawn, errors);
    return drawn;
  }

  /** The same number of floats copied from random places. */
  @Benchmark
  public float[] bareGather() {
    random.fillIntegers(places, 0, batch, 0, capacity);
    for (int i = 0; i < batch; i++) {
      int from = places[i] * SLOT;
      int to = i * FLOATS;
      for (int k = 0; k < FLOATS; k++) {
        gathered[to + k] = bare[from + k];
      }
    }
    return gathered;
  }
}
