package org.bellmanrl.api.schedule;

/**
 * A schedule with one value.
 *
 * @param value the number, finite
 */
record Constant(double value) implements Schedule {
  Constant {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a schedule's value must be finite, was " + value);
    }
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
