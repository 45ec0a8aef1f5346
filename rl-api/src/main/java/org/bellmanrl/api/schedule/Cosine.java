package org.bellmanrl.api.schedule;

/**
 * From one number to another along half a cosine, then constant: {@code from + (to - from) * (1 -
 * cos(pi * time / over)) / 2}.
 *
 * @param from where it begins
 * @param to where it ends
 * @param over when it ends, above 0, in units of the clock
 * @param clock what is counted
 */
record Cosine(double from, double to, double over, Schedule.Clock clock) implements Schedule {
  Cosine {
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "a cosine schedule's ends must be finite, were " + from + " and " + to);
    }
    ScheduleText.requireLength("a cosine schedule's length", over, clock);
  }

  @Override
  public double at(double time) {
    // StrictMath: the same bits on every machine and at every level of compilation.
    return time >= over
        ? to
        : from + (to - from) * ((1 - StrictMath.cos(Math.PI * (time / over))) / 2);
  }

  @Override
  public String toString() {
    return "cosine:" + from + ":" + to + ":" + ScheduleText.length(over, clock);
  }
}
