package org.bellmanrl.bench.report;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Writes a line for each benchmark that has been measured. */
final class Progress implements OutputFormat {
  private static final int KEPT = 40;

  private final PrintStream out;
  private final Deque<String> said = new ArrayDeque<>();

  Progress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void endBenchmark(@Nullable BenchmarkResult result) {
    if (result == null) {
      return;
    }
    BenchmarkParams parameters = result.getParams();
    StringBuilder name = new StringBuilder();
    String benchmark = parameters.getBenchmark();
    name.append(benchmark.substring(benchmark.lastIndexOf('.') + 1));
    for (String key : parameters.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(parameters.getParam(key));
    }
    Result<?> primary = result.getPrimaryResult();
    out.printf("  %-52s %12s %s%n", name, Units.three(primary.getScore()), primary.getScoreUnit());
    out.flush();
  }

  @Override
  public void println(String s) {
    said.addLast(s);
    if (said.size() > KEPT) {
      said.removeFirst();
    }
  }

  /** The last of JMH's own commentary and of the forks' words, for when something goes wrong. */
  String said() {
    return String.join(System.lineSeparator(), said);
  }

  @Override
  public void print(String s) {}

  @Override
  public void write(int b) {}

  @Override
  public void write(byte[] b) {}

  @Override
  public void verbosePrintln(String s) {}

  @Override
  public void iteration(BenchmarkParams benchParams, IterationParams params, int iteration) {}

  @Override
  public void iterationResult(
      BenchmarkParams benchParams, IterationParams params, int iteration, IterationResult data) {}

  @Override
  public void startBenchmark(BenchmarkParams benchParams) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> result) {}

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {}
}
