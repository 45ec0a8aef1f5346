package org.bellmanrl.api.schedule;

import org.bellmanrl.api.options.Require;

/**
 * A schedule with one value.
 *
 * @param value the number, finite
 */
record Constant(double value) implements Schedule {
  Constant {
    Require.finite("a schedule's value", value);
  }

  @Override
  public Schedule.Clock clock() {
    return Schedule.Clock.STEPS;
  }

  @Override
  public double at(double time) {
    return value;
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
