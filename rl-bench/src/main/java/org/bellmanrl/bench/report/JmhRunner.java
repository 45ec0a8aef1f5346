package org.bellmanrl.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bellmanrl.lab.launcher.JvmFlags;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs suites with JMH, each benchmark in its own processes, and tells how far it is. */
final class JmhRunner {
  private static final double CONFIDENCE = 0.99;
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /** In the quick form: forks and iterations, for every benchmark but those of a single shot. */
  private static final int QUICK_FORKS = 2;

  private static final int QUICK_ITERATIONS = 5;
  private static final double QUICK_SECONDS = 0.12;

  private final PrintStream out;
  private final boolean quick;
  private final List<String> failures = new ArrayList<>();

  JmhRunner(PrintStream out, boolean quick) {
    this.out = out;
    this.quick = quick;
  }

  /** Benchmarks of a suite that are to be run. */
  record Choice(Suite suite, List<String> methods) {}

  /**
   * Chooses benchmarks, and with each the limit that it is compared with.
   *
   * @param only what {@code Suite.method} must contain; null for all
   */
  List<Choice> choose(@Nullable Pattern only) {
    List<Choice> choices = new ArrayList<>();
    for (Map.Entry<Suite, List<String>> entry : Catalogue.all().entrySet()) {
      Suite suite = entry.getKey();
      List<String> wanted = new ArrayList<>();
      for (String method : entry.getValue()) {
        boolean named = only == null || only.matcher(suite.name() + "." + method).find();
        if (named && (!quick || inQuickForm(suite, method))) {
          wanted.add(method);
        }
      }
      if (!wanted.isEmpty()) {
        choices.add(new Choice(suite, suite.withLimits(wanted)));
      }
    }
    return choices;
  }

  private static boolean inQuickForm(Suite suite, String method) {
    Suite.Quick quick = suite.quick();
    if (quick == null) {
      return false;
    }
    return quick.methods().isEmpty()
        ? suite.limits().containsKey(method) || suite.limits().containsValue(method)
        : quick.methods().contains(method);
  }

  /** Runs what was chosen; suites that fail are left out, and told by {@link #failures}. */
  List<Figure> measure(List<Choice> choices) {
    List<Figure> figures = new ArrayList<>();
    int at = 0;
    for (Choice choice : choices) {
      out.printf("[%d/%d] %s%n", ++at, choices.size(), choice.suite().title());
      out.flush();
      try {
        figures.addAll(measure(choice));
      } catch (UserError e) {
        out.println("error: " + e.getMessage());
        failures.add(e.getMessage());
      }
    }
    return figures;
  }

  /** Why suites could not be measured, one message for each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private List<Figure> measure(Choice choice) {
    Suite suite = choice.suite();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .addProfiler(GCProfiler.class)
            .jvmArgs(JvmFlags.networks().toArray(new String[0]))
            .shouldFailOnError(true);
    for (String method : choice.methods()) {
      options.include("^" + Pattern.quote(suite.type() + "." + method) + "$");
    }
    Suite.Quick form = suite.quick();
    if (quick && form != null) {
      form.parameters()
          .forEach((name, values) -> options.param(name, values.toArray(new String[0])));
      if (form.warmupSeconds() == 0) {
        options.forks(1);
      } else {
        options
            .forks(QUICK_FORKS)
            .warmupIterations(1)
            .warmupTime(time(form.warmupSeconds()))
            .measurementIterations(QUICK_ITERATIONS)
            .measurementTime(time(QUICK_SECONDS));
      }
    }
    Progress progress = new Progress(out);
    Collection<RunResult> results;
    try {
      results = new Runner(options.build(), progress).run();
    } catch (RunnerException e) {
      out.println(progress.said());
      throw new UserError(suite.name() + " could not be measured: " + e.getMessage(), e);
    }
    List<Figure> figures = new ArrayList<>();
    for (RunResult result : results) {
      figures.add(figure(suite, result));
    }
    return compared(suite, figures);
  }

  private static TimeValue time(double seconds) {
    return TimeValue.milliseconds(Math.round(seconds * 1000));
  }

  /** Sets each figure beside the limit that was measured with the same parameters. */
  static List<Figure> compared(Suite suite, List<Figure> figures) {
    List<Figure> compared = new ArrayList<>();
    for (Figure figure : figures) {
      Figure beside = figure;
      for (Figure other : figures) {
        if (other.method().equals(suite.limits().get(figure.method())) && other.besides(figure)) {
          beside = figure.against(other);
        }
      }
      compared.add(beside);
    }
    return compared;
  }

  private static Figure figure(Suite suite, RunResult result) {
    BenchmarkParams parameters = result.getParams();
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : parameters.getParamsKeys()) {
      values.put(key, parameters.getParam(key));
    }
    Result<?> primary = result.getPrimaryResult();
    boolean rate = parameters.getMode() == Mode.Throughput;
    double unit = parameters.getTimeUnit().toNanos(1) / (double) TimeUnit.SECONDS.toNanos(1);
    double factor = rate ? 1 / unit : unit;
    Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
    String name = parameters.getBenchmark();
    return new Figure(
        suite.name(),
        suite.title(),
        name.substring(name.lastIndexOf('.') + 1),
        values,
        rate ? Figure.RATE : Figure.TIME,
        primary.getScore() * factor,
        primary.getStatistics().getMeanErrorAt(CONFIDENCE) * factor,
        allocation == null ? Double.NaN : allocation.getScore(),
        null,
        Double.NaN,
        Double.NaN);
  }
}
