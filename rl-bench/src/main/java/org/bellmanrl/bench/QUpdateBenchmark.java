package org.bellmanrl.bench;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
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
import org.bellmanrl.tabular.td.QLearning;
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
 * Updates per second of tabular Q-learning in random order: through the {@link Learner} SPI, and as
 * a bare loop over a {@code double[]}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
public class QUpdateBenchmark {
  private static final int TRANSITIONS = 1 << 16;
  private static final double STEP_SIZE = 0.1;
  private static final double GAMMA = 0.99;

  /** States × actions. */
  @Param({"500x6", "1000000x4"})
  public String table;

  /** Transitions that the learner is handed at a time. */
  @Param({"1", "256"})
  public int batch;

  private Learner learner;
  private Rows[] windows;
  private Transitions[] transitions;
  private int actions;
  private double[] q;
  private int[] state;
  private int[] action;
  private int[] nextState;
  private double[] reward;
  private double[] discount;

  /** Draws the transitions. */
  @Setup
  public void draw() {
    String[] shape = table.split("x", -1);
    int states = Integer.parseInt(shape[0]);
    actions = Integer.parseInt(shape[1]);
    EnvironmentSpec spec = EnvironmentSpec.of("Table", new Discrete(states), new Discrete(actions));
    q = new double[states * actions];
    RandomStream random = RandomStream.ofSeed(1);
    state = new int[TRANSITIONS];
    action = new int[TRANSITIONS];
    nextState = new int[TRANSITIONS];
    reward = new double[TRANSITIONS];
    discount = new double[TRANSITIONS];
    for (int i = 0; i < TRANSITIONS; i++) {
      state[i] = random.integers(states);
      action[i] = random.integers(actions);
      nextState[i] = random.integers(states);
      reward[i] = random.random();
      discount[i] = random.random() < 0.1 ? 0 : 1;
    }
    // A batch has its own columns, as in a loop over so many rows. Single transitions stand in
    // one
    // set of columns instead, and the list of rows moves over them.
    int rows = batch == 1 ? TRANSITIONS : batch;
    windows = new Rows[TRANSITIONS / rows];
    transitions = new Transitions[windows.length];
    for (int b = 0; b < windows.length; b++) {
      windows[b] = Rows.all(rows);
      transitions[b] = transitions(spec, windows[b], b * rows);
    }
    learner =
        new QLearning(
            LearnerContext.of(
                spec, rows, Streams.of(1), new RunProgress(Budget.steps(Long.MAX_VALUE))),
            config());
  }

  private Transitions transitions(EnvironmentSpec spec, Rows listed, int from) {
    int rows = listed.capacity();
    Observations observations = new Observations(spec, rows);
    Actions chosen = new Actions(spec.actionSpace(), Dict.EMPTY, rows);
    Outcomes outcomes = new Outcomes(spec, rows);
    System.arraycopy(state, from, observations.values().ints(), 0, rows);
    System.arraycopy(action, from, chosen.values().ints(), 0, rows);
    System.arraycopy(nextState, from, outcomes.observations().values().ints(), 0, rows);
    System.arraycopy(reward, from, outcomes.reward(), 0, rows);
    System.arraycopy(discount, from, outcomes.discount(), 0, rows);
    return new Transitions(listed, observations, chosen, outcomes, null);
  }

  private static ControlConfig config() {
    return QLearning.defaults().withStepSize(Schedule.constant(STEP_SIZE)).withGamma(GAMMA);
  }

  /** Through the SPI. */
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS)
  public Learner learner() {
    if (batch == 1) {
      for (int i = 0; i < TRANSITIONS; i++) {
        windows[0].only(i);
        learner.observe(transitions[0]);
      }
    } else {
      for (Transitions each : transitions) {
        learner.observe(each);
      }
    }
    return learner;
  }

  /** The same arithmetic and nothing else, with the maximum that anyone would write first. */
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS)
  public double[] bareLoop() {
    for (int i = 0; i < TRANSITIONS; i++) {
      int next = nextState[i] * actions;
      double max = q[next];
      for (int a = 1; a < actions; a++) {
        max = Math.max(max, q[next + a]);
      }
      int at = state[i] * actions + action[i];
      q[at] += STEP_SIZE * (reward[i] + GAMMA * discount[i] * max - q[at]);
    }
    return q;
  }

  /**
   * The same, comparing doubles by their bits as {@link org.bellmanrl.tabular.table.QTable} does.
   */
  @Benchmark
  @OperationsPerInvocation(TRANSITIONS)
  public double[] bareLoopByBits() {
    for (int i = 0; i < TRANSITIONS; i++) {
      int next = nextState[i] * actions;
      long max = order(q[next]);
      for (int a = 1; a < actions; a++) {
        max = Math.max(max, order(q[next + a]));
      }
      int at = state[i] * actions + action[i];
      double best = Double.longBitsToDouble(max ^ ((max >> 63) >>> 1));
      q[at] += STEP_SIZE * (reward[i] + GAMMA * discount[i] * best - q[at]);
    }
    return q;
  }

  private static long order(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ ((bits >> 63) >>> 1);
  }
}
