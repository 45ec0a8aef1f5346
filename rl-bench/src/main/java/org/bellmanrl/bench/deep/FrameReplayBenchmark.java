package org.bellmanrl.bench.deep;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.replay.Replay;
import org.bellmanrl.deep.replay.ReplayBatch;
import org.bellmanrl.deep.replay.ReplayConfig;
import org.bellmanrl.env.raycast.Basic;
import org.bellmanrl.env.raycast.RaycastOptions;
import org.bellmanrl.env.wrapper.FrameStack;
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
 * Replay of stacks of four gray frames of 84 × 84 pixels, of a ray-cast task played at random: time
 * for a batch of 32 transitions.
 *
 * <p>The yardstick for the same hour on the same machine is {@link #bareCopy}: as many bytes copied
 * from random places of one array, a stack at a time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC"})
@State(Scope.Thread)
public class FrameReplayBenchmark {
  private static final int BATCH = 32;
  private static final int CAPACITY = 10_000;
  private static final int FRAMES = 4;
  private static final int STACK = FRAMES * 84 * 84;

  /** Whether frames are kept compressed. */
  @Param({"false", "true"})
  public boolean compressed;

  private final RandomStream random = RandomStream.ofSeed(1);
  private final VectorEnvironment task =
      new FrameStack(FRAMES, FrameStack.Padding.RESET, true)
          .wrap(Basic.batch(RaycastOptions.defaults(), 1));
  private Replay replay = replay();
  private ReplayBatch drawn = replay.batch(1);
  private byte[] bare = {};
  private byte[] copied = {};

  private Replay replay() {
    ReplayConfig config =
        ReplayConfig.uniform(CAPACITY, 0.99).withFrames(FRAMES).withCompressedFrames(compressed);
    return new Replay(task.spec(), 1, config);
  }

  /** Plays until the memory is full. */
  @Setup
  public void fill() {
    replay = replay();
    drawn = replay.batch(BATCH);
    bare = new byte[CAPACITY * STACK / FRAMES];
    copied = new byte[2 * BATCH * STACK];
    EnvironmentSpec spec = task.spec();
    Rows all = Rows.all(1);
    RandomStreams streams = RandomStreams.ofSeeds(1);
    Observations current = new Observations(spec, 1);
    Actions actions = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
    Outcomes outcomes = new Outcomes(spec, 1);
    Transitions transitions = new Transitions(all, current, actions, outcomes, null);
    boolean first = true;
    for (int step = 0; step < CAPACITY; step++) {
      if (first) {
        task.reset(all, streams, current);
      }
      spec.actionSpace().sample(random, actions.values(), 0);
      outcomes.clear(all);
      task.step(all, actions.values(), streams, outcomes);
      transitions.first()[0] = first;
      replay.add(transitions);
      current.copyRow(outcomes.observations(), 0, 0);
      first = transitions.last(0);
    }
  }

  /** A batch drawn uniformly. */
  @Benchmark
  public ReplayBatch sample() {
    replay.sample(random, drawn);
    return drawn;
  }

  /** The same number of bytes copied from random places. */
  @Benchmark
  public byte[] bareCopy() {
    for (int i = 0; i < 2 * BATCH; i++) {
      System.arraycopy(bare, random.integers(bare.length - STACK), copied, i * STACK, STACK);
    }
    return copied;
  }
}
