package org.bellmanrl.api.schedule;

import org.bellmanrl.api.options.Require;

/**
 * Decays exponentially towards a floor: {@code to + (from - to) * exp(-rate * time)}.
 *
 * @param from where it begins
 * @param to where it tends to
 * @param rate how fast, at least 0, per unit of the clock
 * @param clock what is counted
 */
record Exponential(double from, double to, double rate, Schedule.Clock clock) implements Schedule {
  Exponential {
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "an exponential schedule's ends must be finite, were " + from + " and " + to);
    }
    Require.notNegative("an exponential schedule's rate", rate);
  }

  @Override
  public double at(double time) {
    // StrictMath: the same bits on every machine and at every level of compilation.
    return to + (from - to) * StrictMath.exp(-rate * time);
  }

  @Override
  public String toString() {
    return "exponential:" + from + ":" + to + ":" + ScheduleText.rate(rate, clock);
  }
}
