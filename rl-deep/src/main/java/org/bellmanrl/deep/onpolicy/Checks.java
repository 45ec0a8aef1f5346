package org.bellmanrl.deep.onpolicy;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.SpaceKind;
import org.bellmanrl.api.schedule.Clock;
import org.bellmanrl.api.schedule.Schedule;

/** Refuses what makes no sense, by name, value and range. */
final class Checks {
  /** More steps or episodes than any run has. */
  private static final double FOREVER = 0x1p63;

  private Checks() {}

  /** What all learners here take. */
  static Accepts accepts() {
    return new Accepts(
        List.of(SpaceKind.ANY),
        List.of(
            SpaceKind.DISCRETE,
            SpaceKind.MULTI_DISCRETE,
            SpaceKind.MULTI_BINARY,
            SpaceKind.VECTOR));
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], was " + value);
    }
  }

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite, was " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be above 0, was " + value);
    }
  }

  /** Above 0 at first, and not below 0 at the end. */
  static void positive(String name, Schedule schedule) {
    double last = schedule.at(schedule.clock() == Clock.FRACTION ? 1 : FOREVER);
    if (!(schedule.at(0) > 0 && last >= 0)) {
      throw new IllegalArgumentException(
          name + " must be above 0 at first and never below, was " + schedule);
    }
  }

  /**
   * Steps in a rollout.
   *
   * @throws IllegalArgumentException if there are more than an array holds
   */
  static int rollout(String learner, int steps, int rows) {
    long capacity = (long) steps * rows;
    if (capacity > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "a rollout of %s must have at most %d steps, n_steps · environments was %d · %d = %d"
              .formatted(learner, Integer.MAX_VALUE / 2, steps, rows, capacity));
    }
    return (int) capacity;
  }
}
