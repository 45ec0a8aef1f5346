package org.bellmanrl.lab.internal.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.lab.internal.plot.Chart;
import org.bellmanrl.lab.internal.plot.Series;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;

/**
 * What became of a metric while runs trained: a line for each group of runs, their mean, with a
 * bootstrap interval of 95 % where there are several.
 *
 * <p>A line ends where the first of its runs does: beyond, it would be the mean of others.
 */
public final class LearningCurves {
  /** The name of the metric that every run has. */
  public static final String RETURN = "return";

  private static final String EPISODE = "episode";
  private static final String STEP = "step";
  private static final String METRICS = "metrics.csv";
  private static final int POINTS = 241;
  private static final int MOST_SMOOTHING = 100;
  private static final int LEAST_PIECES = 20;
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 0.95, 0);

  private LearningCurves() {}

  /**
   * Draws the lines.
   *
   * @param tasks what was run
   * @param metric a column of {@code metrics.csv}
   * @param byEpisode whether the lines go by episodes; else by steps
   * @param smoothing over how many of the latest episodes to take the mean; 0 for a twentieth of
   *     the shortest run's, at most 100
   * @param note told which groups have no such metric
   * @throws UserError if no run has the metric
   */
  public static Chart of(
      List<RunGroups.Task> tasks,
      String metric,
      boolean byEpisode,
      int smoothing,
      Consumer<String> note) {
    List<Curve> curves = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (RunGroups.Task task : tasks) {
      for (RunGroups.Group group : task.groups()) {
        String label = group.label() + (tasks.size() == 1 ? "" : " on " + task.label());
        List<Points> runs = new ArrayList<>();
        for (StoredRun run : group.runs()) {
          Path file = run.path().resolve(METRICS);
          CsvTable table = CsvTable.read(file);
          names.addAll(table.names());
          if (table.names().contains(metric)) {
            runs.add(Points.of(file, table, metric, byEpisode));
          }
        }
        if (runs.size() == group.runs().size()) {
          curves.add(new Curve(label, runs));
        } else {
          lacking.add(label);
        }
      }
    }
    names.removeAll(Set.of(EPISODE, STEP));
    if (curves.isEmpty() || metric.equals(EPISODE) || metric.equals(STEP)) {
      throw unknown(metric, names);
    }
    lacking.forEach(
        label -> note.accept(label + " is left out: it has no metric '" + metric + "'"));
    long window = smoothing > 0 ? smoothing : smoothing(curves);
    List<Series> series = new ArrayList<>();
    curves.sort((a, b) -> LabelOrder.compare(a.label(), b.label()));
    boolean banded = false;
    for (Curve curve : curves) {
      banded |= curve.runs().size() > 1;
      if (curve.end() > 0) {
        series.add(curve.series(window));
      } else {
        note.accept(curve.label() + " is left out: no episode ended in training");
      }
    }
    if (series.isEmpty()) {
      throw new UserError("no episode ended in these runs, so there is nothing to draw");
    }
    Chart chart =
        Chart.of(
            tasks.size() == 1 ? tasks.getFirst().label() : "",
            byEpisode ? "episodes" : "steps",
            metric + (window == 1 ? "" : ", mean of " + Numbers.grouped(window) + " episodes"),
            series);
    return banded
        ? chart.noted("line: mean of the runs; band: its 95 % bootstrap interval")
        : chart;
  }

  private static UserError unknown(String metric, Set<String> names) {
    List<String> near = NearMatches.closest(metric, names, 1);
    return new UserError(
        "there is no metric '"
            + metric
            + "'"
            + (near.isEmpty() ? "" : ", did you mean '" + near.getFirst() + "'?")
            + "; these runs have "
            + String.join(", ", names));
  }

  private static long smoothing(List<Curve> curves) {
    double episodes = Double.POSITIVE_INFINITY;
    for (Curve curve : curves) {
      for (Points run : curve.runs()) {
        episodes = Math.min(episodes, run.episodes());
      }
    }
    return Math.clamp((long) (episodes / LEAST_PIECES), 1, MOST_SMOOTHING);
  }

  /** A line to be. */
  private record Curve(String label, List<Points> runs) {
    double end() {
      double end = Double.POSITIVE_INFINITY;
      for (Points run : runs) {
        end = Math.min(end, run.end());
      }
      return end;
    }

    Series series(long window) {
      double end = end();
      double[] x = new double[POINTS];
      double[][] values = new double[POINTS][runs.size()];
      for (int i = 0; i < POINTS; i++) {
        x[i] = end * i / (POINTS - 1);
        for (int run = 0; run < runs.size(); run++) {
          values[i][run] = runs.get(run).mean(x[i], window);
        }
      }
      String name = runs.size() == 1 ? label : label + " (" + runs.size() + " runs)";
      double[] mean = new double[POINTS];
      double[] low = new double[POINTS];
      double[] high = new double[POINTS];
      for (int i = 0; i < POINTS; i++) {
        boolean all = Arrays.stream(values[i]).noneMatch(Double::isNaN);
        mean[i] = all ? Estimates.mean(values[i]) : Double.NaN;
        Interval band =
            all && runs.size() > 1
                ? BOOTSTRAP.interval(values[i], Estimates::mean)
                : new Interval(mean[i], mean[i]);
        low[i] = band.low();
        high[i] = band.high();
      }
      return Series.banded(name, x, mean, low, high);
    }
  }

  /**
   * A metric of a run, row by row.
   *
   * @param x where each row stands, never falling
   * @param weights number of episodes up to each row
   * @param counted of those, in rows that have a value
   * @param sums of their values
   */
  @SuppressWarnings("ArrayRecordComponent") // made and read here alone
  record Points(double[] x, double[] weights, double[] counted, double[] sums) {

    static Points of(Path file, CsvTable table, String metric, boolean byEpisode) {
      double[] episodes = table.column(file, EPISODE);
      double[] x = byEpisode ? episodes : table.column(file, STEP);
      double[] values = table.column(file, metric);
      double[] counted = new double[values.length];
      double[] sums = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        double before = i == 0 ? 0 : episodes[i - 1];
        if (!(episodes[i] > before) || !(x[i] >= (i == 0 ? 0 : x[i - 1]))) {
          throw new UserError("%s, line %d: episodes and steps must grow".formatted(file, i + 2));
        }
        boolean there = Double.isFinite(values[i]);
        double weight = there ? episodes[i] - before : 0;
        counted[i] = (i == 0 ? 0 : counted[i - 1]) + weight;
        sums[i] = (i == 0 ? 0 : sums[i - 1]) + (there ? weight * values[i] : 0);
      }
      return new Points(x, episodes, counted, sums);
    }

    double end() {
      return x.length == 0 ? 0 : x[x.length - 1];
    }

    double episodes() {
      return x.length == 0 ? 0 : weights[x.length - 1];
    }

    /** The mean over at least so many of the latest episodes at a place, in whole rows. */
    double mean(double place, long window) {
      int last = lastAtMost(x, place);
      if (last < 0) {
        return Double.NaN;
      }
      double before = weights[last] - window;
      int first = before <= 0 ? -1 : lastAtMost(weights, before);
      double count = counted[last] - (first < 0 ? 0 : counted[first]);
      return count == 0 ? Double.NaN : (sums[last] - (first < 0 ? 0 : sums[first])) / count;
    }

    /** The last index whose value is at most this; -1 if there is none. */
    private static int lastAtMost(double[] ascending, double value) {
      int low = -1;
      int high = ascending.length;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (ascending[middle] <= value) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
