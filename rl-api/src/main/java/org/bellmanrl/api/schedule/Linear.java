package org.bellmanrl.api.schedule;

/**
 * From one number to another in a straight line, then constant.
 *
 * @param from where it begins
 * @param to where it ends
 * @param over when it ends, above 0, in units of the clock
 * @param clock what is counted
 */
record Linear(double from, double to, double over, Schedule.Clock clock) implements Schedule {
  Linear {
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "a linear schedule's ends must be finite, were " + from + " and " + to);
    }
    ScheduleText.requireLength("a linear schedule's length", over, clock);
  }

  @Override
  public double at(double time) {
    return time >= over ? to : from + (to - from) * (time / over);
  }

  @Override
  public String toString() {
    return "linear:" + from + ":" + to + ":" + ScheduleText.length(over, clock);
  }
}
