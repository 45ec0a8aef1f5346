package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.schedule.Scheduled;

/** The probability of exploring: 1 until learning starts, then a schedule's. */
final class Epsilon {
  private final Progress progress;
  private final Schedule schedule;
  private final long start;

  Epsilon(Schedule schedule, long start, Progress progress) {
    this.schedule = schedule;
    this.start = start;
    this.progress = progress;
  }

  /** As it is now, for ever. */
  Epsilon frozen() {
    return new Epsilon(Schedule.constant(reader().now()), 0, progress);
  }

  Reader reader() {
    return new Reader();
  }

  /** Reads it along the run. */
  final class Reader {
    private final Scheduled scheduled = new Scheduled(schedule, progress);

    private Reader() {}

    double now() {
      return progress.steps() < start ? 1 : scheduled.now();
    }
  }
}
