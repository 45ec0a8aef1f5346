package org.bellmanrl.bench.tabular;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.tabular.dp.SweepOrder;
import org.bellmanrl.tabular.dp.ValueIteration;
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
 * Backups per second of value iteration on a slippery lake of 10,000 places, sweep after sweep in
 * place: ours, and a bare loop over the model's arrays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
@OperationsPerInvocation(ValueIterationBenchmark.STATES)
public class ValueIterationBenchmark {
  static final int SIDE = 100;
  static final int STATES = SIDE * SIDE;
  private static final double GAMMA = 0.999;

  private ValueIteration iteration;
  private double[] v;
  private int actions;
  private int[] from;
  private double[] probability;
  private double[] reward;
  private double[] factor;
  private int[] next;

  /** Draws the lake. */
  @Setup
  public void draw() {
    Registry registry =
        Registry.builder().discover(ValueIterationBenchmark.class.getClassLoader()).build();
    Map<String, String> options = Map.of("map_name", "None", "map_size", "" + SIDE);
    EnvironmentEntry lakes = registry.get(EnvironmentEntry.class, "FrozenLake-v1");
    try (Environment lake = lakes.create(options)) {
      FiniteModel model = lake.capability(Modelled.class).orElseThrow().model();
      iteration =
          new ValueIteration(
              model,
              new ValueIteration.Config(GAMMA, 1e-300, SweepOrder.GAUSS_SEIDEL, Integer.MAX_VALUE));
      copy(model);
    }
  }

  private void copy(FiniteModel model) {
    v = new double[STATES];
    actions = model.actions();
    from = new int[STATES * actions + 1];
    int outcomes = model.to(STATES - 1, actions - 1);
    probability = new double[outcomes];
    reward = new double[outcomes];
    factor = new double[outcomes];
    next = new int[outcomes];
    for (int s = 0; s < STATES; s++) {
      for (int a = 0; a < actions; a++) {
        from[s * actions + a] = model.from(s, a);
        from[s * actions + a + 1] = model.to(s, a);
        for (int i = model.from(s, a); i < model.to(s, a); i++) {
          probability[i] = model.probability(i);
          reward[i] = model.reward(i);
          factor[i] = model.terminated(i) ? 0 : GAMMA;
          next[i] = model.next(i);
        }
      }
    }
  }

  /** A sweep of ours. */
  @Benchmark
  public double framework() {
    return iteration.sweep();
  }

  /** A sweep of a bare loop. */
  @Benchmark
  public double bare() {
    double change = 0;
    for (int s = 0; s < STATES; s++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int a = s * actions; a < (s + 1) * actions; a++) {
        double value = 0;
        for (int i = from[a]; i < from[a + 1]; i++) {
          value += probability[i] * (reward[i] + factor[i] * v[next[i]]);
        }
        best = Math.max(best, value);
      }
      change = Math.max(change, Math.abs(best - v[s]));
      v[s] = best;
    }
    return change;
  }
}
