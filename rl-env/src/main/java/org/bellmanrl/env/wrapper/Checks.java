package org.bellmanrl.env.wrapper;

import java.util.List;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;

/** Refusals in one wording, and the questions about spaces that several wrappers ask. */
final class Checks {
  private Checks() {}

  /** An observation space that a wrapper can't take. */
  static IllegalArgumentException observations(String wrapper, String takes, Space found) {
    return new IllegalArgumentException(
        "%s takes observations in %s, but they are in %s".formatted(wrapper, takes, found));
  }

  /** An action space that a wrapper can't take. */
  static IllegalArgumentException actions(String wrapper, String takes, EnvironmentSpec spec) {
    return new IllegalArgumentException(
        "%s takes actions in %s, but those of %s are in %s"
            .formatted(wrapper, takes, spec.name(), spec.actionSpace()));
  }

  /** Refuses masked actions where an action is repeated whatever the mask says by then. */
  static void notMasked(String wrapper, EnvironmentSpec spec) {
    if (spec.masked()) {
      throw new IllegalArgumentException(
          "%s repeats actions of %s in %s, which the mask may forbid by then; put action-mask with"
                  .formatted(wrapper, spec.name(), spec.actionSpace())
              + " hidden=true inside if forbidden actions do no harm");
    }
  }

  static boolean isReal(Space space) {
    return space instanceof Box box && box.dtype() == DType.FLOAT32;
  }

  /** Takes one value for all elements or one per element. */
  static int[] spreadInts(String what, List<Integer> given, int size) {
    int[] spread = new int[size];
    for (int i = 0; i < size; i++) {
      spread[i] = given.get(index(what, given, i, size));
    }
    return spread;
  }

  private static int index(String what, List<?> given, int i, int size) {
    if (given.size() != 1 && given.size() != size) {
      throw new IllegalArgumentException(
          "%s must be one for all or one for each of %d elements, was %s"
              .formatted(what, size, given));
    }
    return given.size() == 1 ? 0 : i;
  }

  /**
   * The range of each element: what was given, else the bounds of the space.
   *
   * @return low bounds, then high bounds
   * @throws IllegalArgumentException if one is infinite or low is not below high
   */
  static double[][] ranges(String wrapper, Box box, List<Double> low, List<Double> high) {
    int size = box.size();
    double[][] ranges = new double[2][size];
    for (int i = 0; i < size; i++) {
      ranges[0][i] = low.isEmpty() ? box.low(i) : low.get(index("low", low, i, size));
      ranges[1][i] = high.isEmpty() ? box.high(i) : high.get(index("high", high, i, size));
      boolean finite = Double.isFinite(ranges[0][i]) && Double.isFinite(ranges[1][i]);
      if (!finite || !(ranges[0][i] < ranges[1][i])) {
        throw new IllegalArgumentException(
            "%s needs finite bounds with low < high, but element %d of %s has %s and %s; give low and high"
                .formatted(wrapper, i, box, ranges[0][i], ranges[1][i]));
      }
    }
    return ranges;
  }
}
