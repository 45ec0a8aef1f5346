package org.bellmanrl.lab.internal.run;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;

/**
 * Collects the metrics and the timing of a run, and passes its progress on to watchers.
 *
 * <p>Its clock stands still while a run is interrupted. It is the loop's only listener, because a
 * call through several would cost the loop more than its own work. The clock is looked at about
 * every {@link #LOOK} seconds, after as many steps as that takes.
 */
public final class RunMonitor implements Listener, Stateful {
  /** Number of latest episodes whose mean return is shown. */
  public static final int WINDOW = 100;

  /** The number of pieces in which rewards are reported where episodes never end. */
  private static final int STRETCHES = 1000;

  private static final int LEAST_STRETCH = 100;
  private static final double LOOK = 0.05;
  private static final double TIMING_INTERVAL = 1;
  private static final int MAX_STEPS_BETWEEN_LOOKS = 1 << 20;

  private final MetricsTable metrics;
  private final TimingTable timing;
  private final Watcher watcher;
  private final Episodes second;
  private final int stretch;
  private final String[] diagnostics;
  private final boolean[] summed;
  private final double[] latest = new double[WINDOW];
  private long start = System.nanoTime();
  private int stepsBetweenLooks = 256;
  private int untilLook = stepsBetweenLooks;
  private double lastLook;
  private long lastEnd;
  private double stretchReward;
  private long stretchSteps;
  private double lastTiming;

  /**
   * Passes on what it hears.
   *
   * @param diagnostics the names of the environment's diagnostics; each becomes a metric, {@code
   *     diagnostic/NAME}: its mean over the steps of the latest episode, or its sum if it is a term
   *     of the reward, which the name says by beginning with {@code reward_}
   * @param stretch where episodes never end, the number of transitions that are reported as if they
   *     were an episode; 0 where episodes end
   * @param second takes episodes too, after the metrics
   */
  public RunMonitor(
      List<String> diagnostics,
      MetricsTable metrics,
      TimingTable timing,
      Watcher watcher,
      int stretch,
      Episodes second) {
    this.diagnostics = new String[diagnostics.size()];
    this.summed = new boolean[diagnostics.size()];
    for (int i = 0; i < summed.length; i++) {
      this.diagnostics[i] = "diagnostic/" + diagnostics.get(i);
      summed[i] = diagnostics.get(i).startsWith("reward_");
    }
    this.stretch = stretch;
    this.second = second;
    this.metrics = metrics;
    this.timing = timing;
    this.watcher = watcher;
  }

  /**
   * How many transitions are reported together where episodes never end; 0 where they do.
   *
   * @param budget the length of the run
   */
  public static int stretch(EnvironmentSpec task, Budget budget) {
    if (task.terminates() || task.maxEpisodeSteps() != 0) {
      return 0;
    }
    return budget.steps() == Long.MAX_VALUE
        ? STRETCHES
        : Math.clamp(budget.steps() / STRETCHES, LEAST_STRETCH, Integer.MAX_VALUE);
  }

  /** Takes the progress of a run now and then. */
  public interface Watcher {
    /**
     * Told some 20 times a second.
     *
     * @param progress how far the run is
     * @param monitor its metrics and timing
     * @param seconds since training began
     */
    void look(Progress progress, RunMonitor monitor, double seconds);
  }

  /** Takes every episode, and every stretch of a task whose episodes never end. */
  @FunctionalInterface
  public interface Episodes {
    /**
     * An episode or a stretch is over.
     *
     * @param sum of its rewards
     * @param length in steps
     */
    void ended(double sum, long length, Progress progress);
  }

  /** Mean return of the latest {@link #WINDOW} episodes; NaN before the first has ended. */
  public double recentReturn() {
    int count = (int) Math.min(WINDOW, metrics.episodes());
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += latest[i];
    }
    return sum / count;
  }

  /** Mean length of about as many episodes, in steps; NaN before the first has ended. */
  public double recentLength() {
    return metrics.recentLength(WINDOW);
  }

  /** The latest value of a learner's metric; NaN if there has been none. */
  public double metric(String name) {
    return metrics.latest(name);
  }

  /** What happened, episode by episode; read on the thread that trains. */
  public MetricsTable metrics() {
    return metrics;
  }

  /** Requests, from within a look, the next one after a number of steps of the loop at most. */
  public void lookAfter(long steps) {
    untilLook = Math.clamp(steps, 1, untilLook);
  }

  /** Seconds since training began. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void onEpisode(Episode episode, Progress progress) {
    lastEnd = progress.steps();
    for (int i = 0; i < diagnostics.length; i++) {
      double mean = episode.diagnostic(i);
      metrics.metric(diagnostics[i], summed[i] ? mean * episode.length() : mean);
    }
    ended(episode.episodeReturn(), episode.length(), progress);
  }

  private void ended(double sum, long length, Progress progress) {
    latest[(int) (metrics.episodes() % WINDOW)] = sum;
    metrics.episode(progress.steps(), sum, length);
    second.ended(sum, length, progress);
  }

  /** Transitions since the last episode ended, in whichever row. */
  public long stepsSinceEpisode(Progress progress) {
    return progress.steps() - lastEnd;
  }

  @Override
  public void onMetric(String name, double value, Progress progress) {
    metrics.metric(name, value);
  }

  @Override
  public void onStep(Step step, Progress progress) {
    if (stretch > 0) {
      addToStretch(step, progress);
    }
    if (--untilLook == 0) {
      look(progress);
    }
  }

  private void addToStretch(Step step, Progress progress) {
    Rows rows = step.rows();
    for (int i = 0; i < rows.count(); i++) {
      stretchReward += step.reward(rows.at(i));
    }
    stretchSteps += rows.count();
    if (stretchSteps >= stretch) {
      ended(stretchReward, stretchSteps, progress);
      stretchReward = 0;
      stretchSteps = 0;
    }
  }

  private void look(Progress progress) {
    double now = seconds();
    double elapsed = now - lastLook;
    if (elapsed < LOOK / 2) {
      stepsBetweenLooks = Math.min(2 * stepsBetweenLooks, MAX_STEPS_BETWEEN_LOOKS);
    } else if (elapsed > 2 * LOOK) {
      stepsBetweenLooks = Math.max(stepsBetweenLooks / 2, 1);
    }
    untilLook = stepsBetweenLooks;
    lastLook = now;
    if (now - lastTiming >= TIMING_INTERVAL) {
      lastTiming = now;
      timing.add(progress.steps(), progress.episodes(), now);
    }
    watcher.look(progress, this, now);
  }

  /** Notes how long it took: training has ended, for good or for now. */
  public void end(Progress progress) {
    timing.add(progress.steps(), progress.episodes(), seconds());
  }

  /** Carries the metrics and the timing. */
  @Override
  public void carry(State state) {
    int version = state.begin("monitor", 2);
    state.carry("latest", latest);
    double before = state.carry("seconds", seconds());
    state.carry("metrics", metrics);
    state.carry("timing", timing);
    if (version >= 2) {
      lastEnd = state.carry("last_end", lastEnd);
      stretchReward = state.carry("stretch_reward", stretchReward);
      stretchSteps = state.carry("stretch_steps", stretchSteps);
    }
    state.end();
    start = System.nanoTime() - (long) (before * 1e9);
    lastLook = before;
    lastTiming = before;
  }
}
