package org.bellmanrl.deep.onpolicy;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.SpaceKind;

/** What the learners of this package have in common. */
final class OnPolicy {
  private OnPolicy() {}

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

  /**
   * Returns the number of steps in a rollout.
   *
   * @throws IllegalArgumentException if there are more than an array holds
   */
  static int capacity(String learner, int steps, int rows) {
    long capacity = (long) steps * rows;
    if (capacity > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "a rollout of %s must have at most %d steps, n_steps · environments was %d · %d = %d"
              .formatted(learner, Integer.MAX_VALUE / 2, steps, rows, capacity));
    }
    return (int) capacity;
  }
}
