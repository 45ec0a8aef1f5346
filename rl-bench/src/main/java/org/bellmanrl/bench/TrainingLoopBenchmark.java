package org.bellmanrl.bench;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.td.QLearning;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Steps per second of a whole training loop: environment, policy, learner and trainer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
public class TrainingLoopBenchmark {
  private static final int STEPS = 10_000;
  private static final double STEP_SIZE = 0.7;
  private static final double GAMMA = 0.95;
  private static final double EPSILON = 0.05;

  private final Trainer<?> trainer = trainer();

  private final FiniteModel model = lake().model();
  private final double[] q = new double[model.states() * model.actions()];
  private final RandomStream random = RandomStream.ofSeed(1);
  private final RandomStream exploration = RandomStream.ofSeed(2);
  private int state;
  private int length;

  private static FrozenLake lake() {
    return new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false));
  }

  private static Trainer<?> trainer() {
    ControlConfig config =
        QLearning.defaults()
            .withStepSize(Schedule.constant(STEP_SIZE))
            .withGamma(GAMMA)
            .withEpsilon(Schedule.constant(EPSILON));
    return Trainer.on(lake()).build(context -> new QLearning(context, config));
  }

  /** Through the SPIs. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Trainer<?> spi() {
    trainer.run(STEPS);
    return trainer;
  }

  /** The same task and method in one loop over arrays, with the same random numbers drawn. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int bareLoop() {
    int s = state;
    for (int i = 0; i < STEPS; i++) {
      int a = exploration.random() < EPSILON ? exploration.integers(4) : greedy(s);
      random.random();
      int outcome = model.from(s, a);
      int next = model.next(outcome);
      boolean terminated = model.terminated(outcome);
      double max = q[4 * next];
      for (int b = 1; b < 4; b++) {
        max = Math.max(max, q[4 * next + b]);
      }
      double target = model.reward(outcome) + GAMMA * (terminated ? 0 : 1) * max;
      q[4 * s + a] += STEP_SIZE * (target - q[4 * s + a]);
      length++;
      if (terminated || length == 100) {
        random.random();
        length = 0;
        s = 0;
      } else {
        s = next;
      }
    }
    state = s;
    return s;
  }

  private int greedy(int s) {
    int best = 0;
    int ties = 1;
    for (int a = 1; a < 4; a++) {
      double difference = q[4 * s + a] - q[4 * s + best];
      if (difference > 0) {
        best = a;
        ties = 1;
      } else if (difference == 0) {
        ties++;
      }
    }
    if (ties == 1) {
      return best;
    }
    double max = q[4 * s + best];
    int skip = exploration.integers(ties);
    while (skip > 0) {
      best++;
      skip -= q[4 * s + best] == max ? 1 : 0;
    }
    return best;
  }
}
