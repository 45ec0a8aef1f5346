package org.bellmanrl.bench.tabular;

import java.util.concurrent.TimeUnit;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.TableConfig;
import org.bellmanrl.tabular.table.Tables;
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
 * A table that grows as states are seen beside one that holds them all: finding a maximum and
 * adding to an entry, in random order, and filling an empty table. With {@code -prof gc} the second
 * gives the memory that a table takes, growth included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC") // the collector that ./rl runs with
public class TableBenchmark {
  private static final int VISITS = 1 << 16;
  private static final int ACTIONS = 4;

  /** The id of the table. */
  @Param({Tables.DENSE, Tables.HASHED})
  public String values;

  /** States of the task. */
  @Param({"500", "1000000"})
  public int states;

  private EnvironmentSpec spec;
  private Observations visits;
  private QTable q;

  /** Draws the visits. */
  @Setup
  public void draw() {
    spec = EnvironmentSpec.of("Table", new Discrete(states), new Discrete(ACTIONS));
    visits = new Observations(spec, VISITS);
    RandomStream random = RandomStream.ofSeed(1);
    for (int row = 0; row < VISITS; row++) {
      visits.values().ints()[row] = random.integers(states);
    }
    q = filled();
  }

  private QTable filled() {
    TableConfig config = TableConfig.defaults();
    QTable table =
        (QTable)
            (values.equals(Tables.DENSE)
                ? Tables.dense(spec, config)
                : Tables.hashed(spec, config));
    for (int row = 0; row < VISITS; row++) {
      table.add(table.first(visits, row), 1);
    }
    return table;
  }

  /** Reads and writes states that are known. */
  @Benchmark
  @OperationsPerInvocation(VISITS)
  public QTable update() {
    for (int row = 0; row < VISITS; row++) {
      double max = q.max(visits, VISITS - 1 - row);
      q.add(q.first(visits, row), 1e-3 * max);
    }
    return q;
  }

  /** Makes a table and visits its states, per visit. */
  @Benchmark
  @OperationsPerInvocation(VISITS)
  public QTable fill() {
    return filled();
  }
}
