package org.bellmanrl.lab.internal.training;

import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.lab.internal.assembly.LimitOption;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;

/**
 * What is done beside learning while a run is going on: others are shown how far it is, doubts are
 * told, and checkpoints become due.
 */
final class Housekeeping implements RunMonitor.Watcher {
  /** When others may look at a run that is going on for the first time. */
  private static final double FIRST_SHOW_SECONDS = 1;

  /** Seconds until they see how far it is then. */
  private static final double SHOW_SECONDS = 5;

  /** Seconds until it is found out that another process looks at the run. */
  private static final double GLANCE_SECONDS = 1;

  /** Seconds between checkpoints where another process looks at the run. */
  private static final double WATCHED_SECONDS = 5;

  /** The largest share of the time for those, as the denominator of 1/n. */
  private static final double CHECKPOINT_SHARE = 20;

  /** The largest share of the time for showing a run without viewers, as the denominator of 1/n. */
  private static final double SHOW_SHARE = 100;

  /** The share of the budget after which a number that has never come is a doubtful one. */
  private static final double DOUBT = 0.1;

  /** Steps in a row without an end of an episode, which a warning is worth. */
  private static final long ENDLESS = 100_000;

  private final TrainingRun run;
  private final TrainingSetup setup;
  private double nextShow = FIRST_SHOW_SECONDS;
  private double nextGlance = GLANCE_SECONDS;
  private double lastCheckpoint;
  private double leastPause;
  private boolean checkpointDue;
  private boolean watched;
  private boolean doubted;
  private boolean endlessTold;

  Housekeeping(TrainingRun run, TrainingSetup setup) {
    this.run = run;
    this.setup = setup;
  }

  @Override
  public void look(Progress progress, RunMonitor monitor, double seconds) {
    setup.watcher().look(progress, monitor, seconds);
    if (!doubted && progress.fraction() >= DOUBT) {
      doubted = true;
      run.warnOfUnheard();
    }
    if (seconds >= nextGlance) {
      nextGlance = seconds + GLANCE_SECONDS;
      boolean before = watched;
      watched = run.folder().isWatched();
      if (watched && !before && Double.isFinite(nextShow)) {
        nextShow = seconds;
      }
    }
    if (seconds >= nextShow) {
      show(monitor);
    }
    warnOfEndless(monitor.stepsSinceEpisode(progress) / run.experiment().rows());
    double interval = setup.interval().seconds();
    double due = watched ? Math.min(WATCHED_SECONDS, interval) : interval;
    if (seconds - lastCheckpoint >= Math.max(due, Math.min(interval, leastPause))) {
      checkpointDue = true;
      run.pause();
    }
  }

  private void show(RunMonitor monitor) {
    try {
      // Counted from the end of the look, because a watcher may have paused the run for long.
      double before = monitor.seconds();
      run.show();
      double now = monitor.seconds();
      double share = watched ? CHECKPOINT_SHARE : SHOW_SHARE;
      nextShow = now + Math.max(SHOW_SECONDS, share * (now - before));
    } catch (UserError e) {
      nextShow = Double.POSITIVE_INFINITY;
      setup.warnings().accept(e.getMessage() + "; training goes on without it");
    }
  }

  private void warnOfEndless(long steps) {
    if (!endlessTold && steps >= ENDLESS && run.environment().spec().terminates()) {
      endlessTold = true;
      setup
          .warnings()
          .accept(
              "no episode has ended in the last %s steps, and a learner that remembers episodes needs ever more memory: is there a way to the end? A limit cuts episodes: --env %s=%d"
                  .formatted(Numbers.grouped(steps), LimitOption.NAME, ENDLESS / 100));
    }
  }

  /** Notes that the run continues from a checkpoint, after a number of seconds of training. */
  void resumed(double seconds) {
    lastCheckpoint = seconds;
    nextShow = seconds + SHOW_SECONDS;
    nextGlance = seconds + GLANCE_SECONDS;
  }

  /** Returns whether a checkpoint is due. */
  boolean checkpointDue() {
    return checkpointDue;
  }

  /**
   * There was a checkpoint, whether or not it could be written.
   *
   * @param took seconds; 0 if it could not be written
   * @param seconds of training so far
   */
  void checkpointed(double took, double seconds) {
    checkpointDue = false;
    if (took > 0) {
      leastPause = CHECKPOINT_SHARE * took;
    }
    lastCheckpoint = seconds;
  }
}
