package org.bellmanrl.tabular.linear;

import java.util.Arrays;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an observation, scaled to [0, 1] between their bounds. A finite space is a single
 * element, the number of its value. Immutable.
 */
final class ScaledInputs {
  private final @Nullable ProductIndex finite;
  private final double[] low;
  private final double[] range;

  private ScaledInputs(@Nullable ProductIndex finite, double[] low, double[] high) {
    this.finite = finite;
    this.low = low;
    this.range = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      if (!(low[i] <= high[i] && Double.isFinite(high[i] - low[i]))) {
        throw new IllegalArgumentException(
            "bounds of element %d must be finite and in order, were %s and %s"
                .formatted(i, low[i], high[i]));
      }
      range[i] = high[i] == low[i] ? 1 : high[i] - low[i];
    }
  }

  /**
   * The elements of a finite space or of a bounded vector.
   *
   * @throws IllegalArgumentException for other spaces
   */
  static ScaledInputs of(Space space) {
    if (space instanceof Box box && Space.Kind.BOUNDED_VECTOR.matches(box)) {
      double[] low = new double[box.size()];
      double[] high = new double[box.size()];
      Arrays.setAll(low, box::low);
      Arrays.setAll(high, box::high);
      return new ScaledInputs(null, low, high);
    }
    ProductIndex index =
        ProductIndex.of(space)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "features need observations in %s or %s, were %s"
                        .formatted(
                            Space.Kind.BOUNDED_VECTOR.words(), Space.Kind.FINITE.words(), space)));
    return new ScaledInputs(index, new double[] {0}, new double[] {Math.max(1, index.size() - 1)});
  }

  /** The elements of a vector between given bounds; what lies outside is taken as there. */
  static ScaledInputs within(Space space, double[] low, double[] high) {
    if (!(space instanceof Box box && Space.Kind.VECTOR.matches(box))) {
      throw new IllegalArgumentException(
          "bounds are for %s, not for %s".formatted(Space.Kind.VECTOR.words(), space));
    }
    if (low.length != box.size() || high.length != box.size()) {
      throw new IllegalArgumentException(
          "%s needs %d low and high bounds, had %d and %d"
              .formatted(space, box.size(), low.length, high.length));
    }
    return new ScaledInputs(null, low.clone(), high.clone());
  }

  /** How many elements. */
  int count() {
    return low.length;
  }

  /** Number of values if the space is finite, else 0. */
  int states() {
    return finite == null ? 0 : finite.size();
  }

  /** The number of the value in a row of a finite space. */
  int state(Columns observations, int row) {
    if (finite == null) {
      throw new IllegalStateException("the values of a vector have no numbers");
    }
    return finite.of(observations, row);
  }

  /** Element {@code i} of a row, in [0, 1]. */
  double get(Columns observations, int row, int i) {
    double value =
        finite == null ? observations.floats()[row * low.length + i] : finite.of(observations, row);
    return Math.min(Math.max((value - low[i]) / range[i], 0), 1);
  }

  /** {@code base} to the power of the number of elements. */
  int power(int base, String what) {
    long size = 1;
    for (int i = 0; i < low.length; i++) {
      size *= base;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "%s: %d^%d features don't fit an array; take fewer per element"
                .formatted(what, base, low.length));
      }
    }
    return (int) size;
  }
}
