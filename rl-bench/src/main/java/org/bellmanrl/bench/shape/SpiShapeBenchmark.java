package org.bellmanrl.bench.shape;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.random.RandomStream;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tabular Q-learning on a frozen lake, a training step at a time, through both shapes of the SPI
 * and as a bare loop. With {@code environments=3} three environment classes have gone through the
 * same call sites before, as in a process that trains on more than one task.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
public class SpiShapeBenchmark {
  private static final int STEPS = 10_000;
  private static final int MANY = 1024;
  private static final int STEPS_OF_MANY = 16 * MANY;

  /** How many classes of environments the process has seen. */
  @Param({"1", "3"})
  public int environments;

  private final RandomStream random = RandomStream.ofSeed(1);
  private final RandomStream exploration = RandomStream.ofSeed(2);
  private final Typed.QLearning typed = new Typed.QLearning();
  private final Typed.LakeEnvironment typedLake = new Typed.LakeEnvironment();
  private final int[] next = Lake.next();
  private final boolean[] terminal = Lake.terminal();
  private final double[] reward = Lake.reward();
  private final double[] q = new double[Lake.STATES * Lake.ACTIONS];
  private Integer observation = 0;
  private int state;
  private Trainer<?> trainer = trainer(new InPlace.LakeEnvironment());

  private final Trainer<?> many =
      Trainer.on(VectorEnvironment.of(lakes())).build(context -> new InPlace.QLearning());
  private final InPlace.BareLoop bareInPlace = new InPlace.BareLoop(new InPlace.LakeEnvironment());

  private static Environment[] lakes() {
    Environment[] lakes = new Environment[MANY];
    Arrays.setAll(lakes, row -> new InPlace.LakeEnvironment());
    return lakes;
  }

  private static Trainer<?> trainer(Environment environment) {
    return Trainer.on(environment).build(context -> new InPlace.QLearning());
  }

  /** Lets the other environment classes pass through. */
  @Setup
  public void pollute() {
    typedLake.reset(random);
    if (environments > 1) {
      for (int i = 0; i < 20; i++) {
        trainer(new InPlace.SecondLake()).run(STEPS);
        trainer(new InPlace.ThirdLake()).run(STEPS);
        runTyped(new Typed.SecondLake());
        runTyped(new Typed.ThirdLake());
      }
    }
  }

  private void runTyped(Typed.LakeEnvironment lake) {
    Typed.QLearning learner = new Typed.QLearning();
    Typed.run(lake, learner, learner, lake.reset(random), random, exploration, STEPS);
  }

  /** Through rl-api: cursors, columns, interaction and trainer. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Trainer<?> inPlace() {
    trainer.run(STEPS);
    return trainer;
  }

  /** The same for 1024 environments at a time; a step is still one step of one environment. */
  @Benchmark
  @OperationsPerInvocation(STEPS_OF_MANY)
  public Trainer<?> inPlaceMany() {
    many.run(STEPS_OF_MANY);
    return many;
  }

  /** Cursors and columns alone, in a loop as bare as {@link Typed#run}. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int inPlaceBareLoop() {
    return bareInPlace.run(STEPS);
  }

  /** Typed values, an object per step and per transition. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Integer typedAllocating() {
    observation = Typed.run(typedLake, typed, typed, observation, random, exploration, STEPS);
    return observation;
  }

  /** The same arithmetic in one loop over arrays. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int bareLoop() {
    int s = state;
    for (int i = 0; i < STEPS; i++) {
      int a =
          exploration.random() < Lake.EPSILON
              ? exploration.integers(Lake.ACTIONS)
              : Lake.best(q, s);
      int to = next[s * Lake.ACTIONS + a];
      boolean end = terminal[to];
      double target = reward[to] + Lake.GAMMA * (end ? 0 : 1) * Lake.max(q, to);
      q[s * Lake.ACTIONS + a] += Lake.STEP_SIZE * (target - q[s * Lake.ACTIONS + a]);
      s = end ? 0 : to;
    }
    state = s;
    return s;
  }
}
