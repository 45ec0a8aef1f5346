package org.bellmanrl.tabular.internal;

import org.bellmanrl.api.schedule.Clock;
import org.bellmanrl.api.schedule.Schedule;

/** Refuses hyperparameters that make no sense, by name, value and range. */
public final class Checks {
  /** More steps or episodes than any run has. */
  private static final double FOREVER = 0x1p63;

  private Checks() {}

  /** The discount of the task, in [0, 1]. */
  public static void gamma(double gamma) {
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new IllegalArgumentException("gamma must be in [0, 1], was " + gamma);
    }
  }

  /** What a table holds at first, a finite number. */
  public static void initialValue(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("initialValue must be finite, was " + value);
    }
  }

  /** A step size: in (0, 1] at first, and may go to 0. */
  public static void stepSize(Schedule stepSize) {
    double first = stepSize.at(0);
    if (!(first > 0 && first <= 1)) {
      throw new IllegalArgumentException("stepSize must be in (0, 1], was " + first);
    }
    double last = end(stepSize);
    if (!(last >= 0 && last <= 1)) {
      throw new IllegalArgumentException("stepSize must end in [0, 1], was " + stepSize);
    }
  }

  /** A number of steps and the like, at least 1. */
  public static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  /** How slowly traces fade, in [0, 1]. */
  public static void lambda(double lambda) {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("lambda must be in [0, 1], was " + lambda);
    }
  }

  /** A finite number of at least 0. */
  public static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0, was " + value);
    }
  }

  /** A degree of sampling, in [0, 1]. */
  public static void sigma(double sigma) {
    if (!(sigma >= 0 && sigma <= 1)) {
      throw new IllegalArgumentException("sigma must be in [0, 1], was " + sigma);
    }
  }

  /** A probability, at both ends of its schedule. */
  public static void probability(String name, Schedule schedule) {
    double first = schedule.at(0);
    double last = end(schedule);
    if (!(first >= 0 && first <= 1 && last >= 0 && last <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], was " + schedule);
    }
  }

  /** A number above 0, at both ends of its schedule. */
  public static void positive(String name, Schedule schedule) {
    if (!(schedule.at(0) > 0 && end(schedule) > 0)) {
      throw new IllegalArgumentException(name + " must be above 0, was " + schedule);
    }
  }

  /** Where a schedule tends to: it is then in range all along if it is monotone. */
  private static double end(Schedule schedule) {
    return schedule.at(schedule.clock() == Clock.FRACTION ? 1 : FOREVER);
  }
}
