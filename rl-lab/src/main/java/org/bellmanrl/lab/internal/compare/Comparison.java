package org.bellmanrl.lab.internal.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.lab.internal.plot.Chart;
import org.bellmanrl.lab.internal.plot.Series;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.statistics.Bootstrap;
import org.bellmanrl.results.statistics.Estimates;
import org.bellmanrl.results.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How groups of runs did on one task, by the mean returns that their learned policies had when they
 * were judged.
 *
 * <p>Source: Agarwal et al. (2021), "Deep Reinforcement Learning at the Edge of the Statistical
 * Precipice".
 */
public final class Comparison {
  private static final int PROFILE_POINTS = 201;
  private static final Bootstrap PROFILE_BOOTSTRAP = new Bootstrap(1000, 0.95, 0);
  private static final String TIMING = "timing.csv";

  private final String task;
  private final List<Entry> entries;

  private Comparison(String task, List<Entry> entries) {
    this.task = task;
    this.entries = List.copyOf(entries);
  }

  /**
   * The figures of a group.
   *
   * @param group its runs
   * @param scores a mean return for each run
   * @param mean their mean
   * @param deviation their standard deviation
   * @param interquartileMean their interquartile mean
   * @param interval its 95 % interval; null of a single run
   * @param improvement the probability that a run does better than one of the first group; null for
   *     the first group itself
   * @param improvementInterval its 95 % interval; null if either group has a single run
   * @param steps mean number of transitions in training
   * @param seconds mean time of training
   */
  public record Entry(
      RunGroups.Group group,
      List<Double> scores,
      double mean,
      double deviation,
      double interquartileMean,
      @Nullable Interval interval,
      @Nullable Double improvement,
      @Nullable Interval improvementInterval,
      double steps,
      double seconds) {
    /** Transitions a second, over all runs. */
    public double stepsPerSecond() {
      return steps / seconds;
    }
  }

  /**
   * Compares the groups of a task with the first of them.
   *
   * @param task whose runs have all been judged
   */
  public static Comparison of(RunGroups.Task task) {
    List<Entry> entries = new ArrayList<>();
    double[] first = scores(task.groups().getFirst());
    for (RunGroups.Group group : task.groups()) {
      double[] scores = scores(group);
      boolean several = scores.length > 1;
      boolean reference = entries.isEmpty();
      double steps = 0;
      double seconds = 0;
      for (StoredRun run : group.runs()) {
        steps += run.summary().steps();
        seconds += seconds(run.path());
      }
      entries.add(
          new Entry(
              group,
              boxed(scores),
              Estimates.mean(scores),
              Estimates.deviation(scores),
              Estimates.interquartileMean(scores),
              several ? Bootstrap.DEFAULT.interval(scores, Estimates::interquartileMean) : null,
              reference ? null : (Double) Estimates.probabilityOfImprovement(scores, first),
              !reference && several && first.length > 1
                  ? Bootstrap.DEFAULT.interval(scores, first, Estimates::probabilityOfImprovement)
                  : null,
              steps / scores.length,
              seconds / scores.length));
    }
    return new Comparison(task.label(), entries);
  }

  private static double[] scores(RunGroups.Group group) {
    double[] scores = new double[group.runs().size()];
    for (int i = 0; i < scores.length; i++) {
      Judgement judgement = group.runs().get(i).summary().judgement();
      if (judgement == null) {
        throw new IllegalArgumentException(group.runs().get(i).path() + " has not been evaluated");
      }
      scores[i] = judgement.meanReturn();
    }
    return scores;
  }

  private static List<Double> boxed(double[] scores) {
    List<Double> boxed = new ArrayList<>(scores.length);
    for (double score : scores) {
      boxed.add(score);
    }
    return boxed;
  }

  /** How long a run trained: the last line of its timing. */
  private static double seconds(Path run) {
    Path file = run.resolve(TIMING);
    double[] seconds = CsvTable.read(file).column(file, "seconds");
    return seconds.length == 0 ? Double.NaN : seconds[seconds.length - 1];
  }

  /** How the task is called. */
  public String task() {
    return task;
  }

  /** The groups, the one that the others are compared with first. */
  public List<Entry> entries() {
    return entries;
  }

  /** Performance profiles: which fraction of runs did better than each return. */
  public Chart profiles() {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Entry entry : entries) {
      for (double score : entry.scores()) {
        least = Math.min(least, score);
        most = Math.max(most, score);
      }
    }
    double room = most > least ? 0.05 * (most - least) : Math.max(1, Math.abs(most)) * 0.05;
    double low = least - room;
    double width = most + room - low;
    double[] thresholds = new double[PROFILE_POINTS];
    for (int i = 0; i < PROFILE_POINTS; i++) {
      thresholds[i] = low + width * i / (PROFILE_POINTS - 1);
    }
    List<Series> series = new ArrayList<>();
    for (Entry entry : entries) {
      double[] scores = entry.scores().stream().mapToDouble(Double::doubleValue).toArray();
      double[] fractions = new double[PROFILE_POINTS];
      double[] lows = new double[PROFILE_POINTS];
      double[] highs = new double[PROFILE_POINTS];
      for (int i = 0; i < PROFILE_POINTS; i++) {
        double threshold = thresholds[i];
        fractions[i] = Estimates.fractionAbove(threshold, scores);
        Interval band =
            scores.length == 1
                ? new Interval(fractions[i], fractions[i])
                : PROFILE_BOOTSTRAP.interval(
                    scores, drawn -> Estimates.fractionAbove(threshold, drawn));
        lows[i] = band.low();
        highs[i] = band.high();
      }
      series.add(Series.banded(entry.group().label(), thresholds, fractions, lows, highs));
    }
    return Chart.of(task, "mean return τ", "fraction of runs above τ", series).between(-0.02, 1.02);
  }
}
