package org.bellmanrl.bench.tabular;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.traces.LambdaControlConfig;
import org.bellmanrl.tabular.traces.SarsaLambda;
import org.bellmanrl.tabular.traces.TraceKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Updates per second of SARSA(λ) with replacing traces on a walk through 10,000 states of 4 actions
 * without an end, γ λ = 0.891: ours, and a bare loop that keeps a list of the traces above 1e-12,
 * as ours does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
@OperationsPerInvocation(SarsaLambdaBenchmark.STEPS)
public class SarsaLambdaBenchmark {
  static final int STEPS = 1 << 12;
  private static final int SIDE = 100;
  private static final int STATES = SIDE * SIDE;
  private static final int ACTIONS = 4;
  private static final double ALPHA = 0.1;
  private static final double GAMMA = 0.99;
  private static final double LAMBDA = 0.9;
  private static final double LEAST = 1e-12;

  private final int[] state = new int[STEPS + 1];
  private final int[] action = new int[STEPS + 1];
  private final double[] reward = new double[STEPS];

  private SarsaLambda learner;
  private Observations observations;
  private Actions chosen;
  private Actions following;
  private Outcomes outcomes;
  private Transitions transitions;

  private final double[] q = new double[STATES * ACTIONS];
  private final double[] trace = new double[STATES * ACTIONS];
  private final int[] place = new int[STATES * ACTIONS];
  private final int[] active = new int[STATES * ACTIONS];
  private int count;

  /** Draws the walk. */
  @Setup
  public void draw() {
    RandomStream random = RandomStream.ofSeed(1);
    int row = SIDE / 2;
    int column = SIDE / 2;
    for (int t = 0; t <= STEPS; t++) {
      state[t] = row * SIDE + column;
      action[t] = random.integers(ACTIONS);
      switch (action[t]) {
        case 0 -> row = Math.max(0, row - 1);
        case 1 -> row = Math.min(SIDE - 1, row + 1);
        case 2 -> column = Math.max(0, column - 1);
        default -> column = Math.min(SIDE - 1, column + 1);
      }
    }
    for (int t = 0; t < STEPS; t++) {
      reward[t] = random.random();
    }
    Arrays.fill(place, -1);
    EnvironmentSpec spec =
        EnvironmentSpec.of("Walk", new Discrete(STATES), new Discrete(ACTIONS)).continuing();
    observations = new Observations(spec, 1);
    chosen = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
    following = new Actions(spec.actionSpace(), Dict.EMPTY, 1);
    outcomes = new Outcomes(spec, 1);
    transitions = new Transitions(Rows.all(1), observations, chosen, outcomes, following);
    learner =
        new SarsaLambda(
            LearnerContext.of(
                spec, 1, Streams.of(1), new RunProgress(Budget.steps(Long.MAX_VALUE))),
            LambdaControlConfig.defaults()
                .withControl(
                    ControlConfig.defaults()
                        .withStepSize(Schedule.constant(ALPHA))
                        .withGamma(GAMMA))
                .withLambda(LAMBDA)
                .withKind(TraceKind.REPLACING));
  }

  /** Ours, handed one transition at a time. */
  @Benchmark
  public SarsaLambda framework() {
    for (int t = 0; t < STEPS; t++) {
      observations.values().ints()[0] = state[t];
      chosen.values().ints()[0] = action[t];
      outcomes.observations().values().ints()[0] = state[t + 1];
      following.values().ints()[0] = action[t + 1];
      outcomes.reward()[0] = reward[t];
      learner.observe(transitions);
    }
    return learner;
  }

  /** A bare loop. */
  @Benchmark
  public double[] bare() {
    for (int t = 0; t < STEPS; t++) {
      int entry = state[t] * ACTIONS + action[t];
      double error = reward[t] + GAMMA * q[state[t + 1] * ACTIONS + action[t + 1]] - q[entry];
      if (place[entry] < 0) {
        place[entry] = count;
        active[count++] = entry;
      }
      trace[entry] = 1;
      double amount = ALPHA * error;
      for (int i = 0; i < count; i++) {
        q[active[i]] += amount * trace[active[i]];
      }
      for (int i = count - 1; i >= 0; i--) {
        int one = active[i];
        double faded = trace[one] * (GAMMA * LAMBDA);
        if (faded < LEAST) {
          int last = active[--count];
          active[i] = last;
          place[last] = i;
          place[one] = -1;
          trace[one] = 0;
        } else {
          trace[one] = faded;
        }
      }
    }
    return q;
  }
}
