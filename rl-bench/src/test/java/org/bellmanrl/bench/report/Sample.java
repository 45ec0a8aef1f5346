package org.bellmanrl.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bellmanrl.bench.origin.Machine;

/** A small report whose numbers are made up. */
final class Sample {
  static final String LEARNER = "QUpdateBenchmark.learner[batch=1,table=500x6]";

  private static final Map<String, String> SMALL = Map.of("table", "500x6", "batch", "1");

  private Sample() {}

  static Figure figure(String method, String unit, double score, double error) {
    return new Figure(
        "QUpdateBenchmark",
        "Updates <in> random & order",
        method,
        SMALL,
        unit,
        score,
        error,
        0.001,
        null,
        Double.NaN,
        Double.NaN);
  }

  static Machine machine(String cpu) {
    return new Machine(cpu, 2, 24L << 30, "Linux 6, amd64", 0.25, "A JVM 25", "vector-512");
  }

  /** A learner beside its limit, a benchmark without one, and one of a single shot. */
  static BenchReport report(String cpu, double learner, double alone) {
    Figure limit = figure("bareLoop", Figure.RATE, 200e6, 2e6);
    return new BenchReport(
        Instant.parse("2026-11-22T12:00:00Z"),
        "quick",
        "0123456789ab",
        machine(cpu),
        List.of(
            limit,
            figure("learner", Figure.RATE, learner, 0.01 * learner).against(limit),
            figure("alone", Figure.TIME, alone, 0.01 * alone),
            figure("once", Figure.TIME, 2.5, Double.NaN)));
  }
}
