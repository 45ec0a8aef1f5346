package org.bellmanrl.lab.internal.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.tensorboard.EventFile;
import org.jspecify.annotations.Nullable;

/**
 * Tells TensorBoard of a run: some thousand times in all, at an episode's end, the means of the
 * episodes since the last time and the latest of every metric.
 *
 * <p>When something is written depends on the run's steps alone, so that a resumed run has the same
 * events, the times apart.
 */
final class TensorBoardLog implements RunMonitor.Episodes, Stateful {
  private static final long POINTS = 1000;
  private static final long EVERY = 1000;

  /** The least time between two reports, in seconds: the clock shows milliseconds. */
  private static final double SHORTEST = 1e-3;

  private final @Nullable Path path;
  private final MetricsTable metrics;
  private final long every;
  private final Consumer<String> warnings;
  private @Nullable EventFile file;
  private long kept;
  private long next;
  private long episodes;
  private double returns;
  private double lengths;
  private long lastStep;
  private double lastTime = now();

  private TensorBoardLog(
      @Nullable Path path, MetricsTable metrics, long every, Consumer<String> warnings) {
    this.warnings = warnings;
    this.path = path;
    this.metrics = metrics;
    this.every = every;
    this.next = every;
  }

  /** Writes nothing. */
  static TensorBoardLog none(MetricsTable metrics) {
    return new TensorBoardLog(null, metrics, Long.MAX_VALUE, warning -> {});
  }

  /**
   * Writes to a file in the run's folder, from {@link #begin} or a restoring {@link #carry} on. If
   * that fails the run goes on without it.
   */
  static TensorBoardLog to(
      Path folder, MetricsTable metrics, Budget budget, Consumer<String> warnings) {
    long every = budget.steps() == Long.MAX_VALUE ? EVERY : Math.max(1, budget.steps() / POINTS);
    return new TensorBoardLog(folder.resolve(EventFile.NAME), metrics, every, warnings);
  }

  /** Begins a new file with what the run depends on. */
  void begin(Experiment experiment) {
    open(0);
    EventFile events = file;
    if (events != null) {
      Map<String, @Nullable Object> settings = new LinkedHashMap<>();
      settings.put("learner", experiment.learner().id());
      settings.put("environment", experiment.environment().id());
      settings.put("seed", experiment.seed());
      settings.putAll(experiment.learner().options());
      orWithout(() -> events.hyperparameters(now(), settings));
    }
  }

  private void open(long length) {
    close();
    if (path != null) {
      file = EventFile.open(path, length, now());
    }
  }

  /** Whether a run that is resumed was told of. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(EventFile.NAME));
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  @Override
  public void ended(double sum, long length, Progress progress) {
    EventFile events = file;
    if (events == null) {
      return;
    }
    episodes++;
    returns += sum;
    lengths += length;
    long step = progress.steps();
    if (step < next) {
      return;
    }
    next = (step / every + 1) * every;
    double time = now();
    orWithout(() -> {
      events.scalar(step, time, "rollout/ep_rew_mean", returns / episodes);
      events.scalar(step, time, "rollout/ep_len_mean", lengths / episodes);
      metrics.forEachLatest((name, value) -> events.scalar(step, time, tag(name), value));
      // Whatever the clock says: a resumed run has as many events as another.
      double elapsed = Math.max(time - lastTime, SHORTEST);
      events.scalar(step, time, "time/fps", (step - lastStep) / elapsed);
    });
    lastStep = step;
    lastTime = time;
    episodes = 0;
    returns = 0;
    lengths = 0;
  }

  /** Under the groups that other libraries have made usual. */
  private static String tag(String metric) {
    return switch (metric) {
      case "trial/return" -> "eval/mean_reward";
      case "trial/length" -> "eval/mean_ep_length";
      case "epsilon" -> "rollout/exploration_rate";
      default -> metric.contains("/") ? metric : "train/" + metric;
    };
  }

  /** Writes, or gives the file up at the length that a checkpoint last had reason to rely on. */
  private void orWithout(Runnable writing) {
    try {
      writing.run();
    } catch (UncheckedIOException e) {
      warnings.accept(e.getMessage() + "; training goes on without it");
      EventFile lost = file;
      file = null;
      if (lost != null) {
        lost.abandon();
      }
    }
  }

  /**
   * What was written so far outlives the process; restoring cuts the file to the length that it
   * had.
   */
  @Override
  public void carry(State state) {
    EventFile events = file;
    if (!state.restoring() && events != null) {
      orWithout(() -> {
        events.sync();
        kept = events.length();
      });
    }
    state.begin("events", 2);
    kept = state.carry("length", kept);
    next = state.carry("next", next);
    episodes = state.carry("episodes", episodes);
    returns = state.carry("returns", returns);
    lengths = state.carry("lengths", lengths);
    lastStep = state.carry("lastStep", lastStep);
    lastTime = now() - state.carry("sinceLast", now() - lastTime);
    state.end();
    if (state.restoring()) {
      open(kept);
    }
  }

  /** Closes the file and takes it away: nothing has come of the run. */
  void discard() {
    close();
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    EventFile events = file;
    if (events != null) {
      orWithout(events::close);
      file = null;
    }
  }
}
