package org.bellmanrl.api.schedule;

/**
 * The current value of a schedule during a run; recomputed only when its clock has advanced.
 *
 * <p>Not thread-safe. Nothing to save: its value follows from the progress.
 */
public final class Scheduled {
  private final Schedule schedule;
  private final Progress progress;
  private final Schedule.Clock clock;
  private final boolean constant;
  private double time = Double.NaN;
  private double value;

  /** Reads {@code schedule} along {@code progress}. */
  public Scheduled(Schedule schedule, Progress progress) {
    this.schedule = schedule;
    this.progress = progress;
    this.clock = schedule.clock();
    this.constant = schedule instanceof Constant;
    this.value = constant ? schedule.at(0) : Double.NaN;
  }

  /** The schedule's number now. */
  public double now() {
    if (constant) {
      return value;
    }
    double shown = clock.of(progress);
    if (shown != time) {
      time = shown;
      value = schedule.at(shown);
    }
    return value;
  }
}
