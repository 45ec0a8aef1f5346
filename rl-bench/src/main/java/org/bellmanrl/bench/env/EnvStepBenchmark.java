package org.bellmanrl.bench.env;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.env.classic.Acrobot;
import org.bellmanrl.env.classic.AcrobotOptions;
import org.bellmanrl.env.classic.CartPole;
import org.bellmanrl.env.classic.CartPoleOptions;
import org.bellmanrl.env.classic.Pendulum;
import org.bellmanrl.env.classic.PendulumOptions;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.bellmanrl.env.vector.ShardedEnvironments;
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
 * Environment steps a second, resets of ended episodes included, with actions drawn beforehand: one
 * environment and a batch, through the SPI and as a bare loop over arrays with the same arithmetic,
 * and a large batch by one thread and by two. Every 200 calls all rows are reset.
 *
 * <p>Compare within one run only: {@code single} with {@code bareSingle}, {@code batch} with {@code
 * bareBatch}, {@code twoThreads} with {@code oneThread}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class EnvStepBenchmark {
  private static final int BATCH = 1024;
  private static final int LARGE = 16_384;

  /** Which environment. */
  @Param({"CartPole", "FrozenLake", "Pendulum", "Acrobot"})
  public String task = "CartPole";

  private Single single;
  private BatchLoop batch;
  private BatchLoop serial;
  private BatchLoop oneThread;
  private BatchLoop twoThreads;
  private Bare bareSingle;
  private Bare bareBatch;

  /** Makes everything. */
  @Setup
  public void prepare() {
    single = new Single(environment());
    batch = new BatchLoop(batchOf(BATCH));
    Environment[] environments = new Environment[BATCH];
    Arrays.setAll(environments, i -> environment());
    serial = new BatchLoop(VectorEnvironment.of(environments));
    oneThread = new BatchLoop(batchOf(LARGE));
    twoThreads = new BatchLoop(ShardedEnvironments.of(2, batchOf(LARGE)));
    EnvironmentSpec spec = environment().spec();
    bareSingle = new Bare(bareLoop(1), spec);
    bareBatch = new Bare(bareLoop(BATCH), spec);
  }

  /** Ends the threads. */
  @TearDown
  public void close() {
    twoThreads.close();
  }

  private Environment environment() {
    return switch (task) {
      case "CartPole" -> new CartPole(CartPoleOptions.defaults());
      case "FrozenLake" -> new FrozenLake(FrozenLakeOptions.defaults());
      case "Pendulum" -> new Pendulum(PendulumOptions.defaults());
      case "Acrobot" -> new Acrobot(AcrobotOptions.defaults());
      default -> throw new IllegalArgumentException("no such task: " + task);
    };
  }

  private VectorEnvironment batchOf(int rows) {
    return switch (task) {
      case "CartPole" -> CartPole.batch(CartPoleOptions.defaults(), rows);
      case "FrozenLake" -> FrozenLake.batch(FrozenLakeOptions.defaults(), rows);
      case "Pendulum" -> Pendulum.batch(PendulumOptions.defaults(), rows);
      case "Acrobot" -> Acrobot.batch(AcrobotOptions.defaults(), rows);
      default -> throw new IllegalArgumentException("no such task: " + task);
    };
  }

  private BareLoop bareLoop(int rows) {
    return switch (task) {
      case "CartPole" -> new BareCartPole(rows);
      case "FrozenLake" -> new BareFrozenLake(rows);
      case "Pendulum" -> new BarePendulum(rows);
      case "Acrobot" -> new BareAcrobot(rows);
      default -> throw new IllegalArgumentException("no such task: " + task);
    };
  }

  /** One environment, step after step, through cursors. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Outcomes single() {
    return single.run();
  }

  /** The same by hand. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public double[] bareSingle() {
    return bareSingle.runOne();
  }

  /** A batched form of 1,024 rows. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Outcomes batch() {
    return batch.run();
  }

  /** The same by hand. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public double[] bareBatch() {
    return bareBatch.runAll();
  }

  /** 1,024 single environments one after the other. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Outcomes serial() {
    return serial.run();
  }

  /** A batched form of 16,384 rows. */
  @Benchmark
  @OperationsPerInvocation(LARGE)
  public Outcomes oneThread() {
    return oneThread.run();
  }

  /** The same, divided between two threads. */
  @Benchmark
  @OperationsPerInvocation(LARGE)
  public Outcomes twoThreads() {
    return twoThreads.run();
  }

  /** What a loop over one environment owns. */
  private static final class Single {
    private final Environment environment;
    private final Columns[] drawn;
    private final Rows rows = Rows.all(1);
    private final RandomStream random = RandomStream.ofSeed(0);
    private final Observations current;
    private final Outcomes outcomes;
    private final Observation observation;
    private final Outcome outcome;
    private final Action action;
    private int calls;

    Single(Environment environment) {
      this.environment = environment;
      this.drawn = BatchLoop.draw(environment.spec(), BATCH);
      this.current = new Observations(environment.spec(), 1);
      this.outcomes = new Outcomes(environment.spec(), 1);
      this.observation = new Observation(current);
      this.outcome = new Outcome(outcomes);
      this.action = new Action(drawn[0]);
      environment.reset(random, observation);
    }

    Outcomes run() {
      Columns actions = drawn[calls++ % BatchLoop.DRAWN];
      for (int i = 0; i < BATCH; i++) {
        outcomes.clear(rows);
        environment.step(action.at(actions, i), random, outcome.at(outcomes, 0));
        if (outcomes.terminated()[0]) {
          environment.reset(random, observation.at(current, 0));
        }
      }
      return outcomes;
    }
  }

  /** A bare loop with its actions. */
  private static final class Bare {
    private final BareLoop loop;
    private final Columns[] drawn;
    private int calls;

    Bare(BareLoop loop, EnvironmentSpec spec) {
      this.loop = loop;
      this.drawn = BatchLoop.draw(spec, BATCH);
      loop.resetAll();
    }

    double[] runOne() {
      loop.stepOne(drawn[calls++ % BatchLoop.DRAWN]);
      return loop.reward;
    }

    double[] runAll() {
      if (calls % BatchLoop.LIMIT == 0) {
        loop.resetAll();
      }
      loop.stepAll(drawn[calls++ % BatchLoop.DRAWN]);
      return loop.reward;
    }
  }
}
