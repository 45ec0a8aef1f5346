package org.bellmanrl.api.space;

import java.util.Arrays;

/** Several integers at once, the i-th from {@code start(i)} to {@code start(i) + n(i) - 1}. */
public final class MultiDiscrete implements Space {
  private final int[] counts;
  private final int[] starts;

  /**
   * Creates the space of integers that begin at 0.
   *
   * @param counts how many values each element can take, each at least 1
   */
  public MultiDiscrete(int... counts) {
    this(counts, new int[counts.length]);
  }

  /**
   * Creates the space.
   *
   * @param counts how many values each element can take, each at least 1
   * @param starts the smallest value of each element
   */
  public MultiDiscrete(int[] counts, int[] starts) {
    if (counts.length == 0) {
      throw new IllegalArgumentException("a MultiDiscrete space needs at least one element");
    }
    if (starts.length != counts.length) {
      throw new IllegalArgumentException(
          "a MultiDiscrete space of %d elements needs as many starts, had %d"
              .formatted(counts.length, starts.length));
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1) {
        throw new IllegalArgumentException(
            "count " + i + " of a MultiDiscrete space must be at least 1, was " + counts[i]);
      }
      if (starts[i] > Integer.MAX_VALUE - (counts[i] - 1)) {
        throw new IllegalArgumentException(
            "start + count - 1 of element %d of a MultiDiscrete space must fit an int, was %d + %d - 1"
                .formatted(i, starts[i], counts[i]));
      }
    }
    this.counts = counts.clone();
    this.starts = starts.clone();
  }

  /** Number of elements. */
  public int size() {
    return counts.length;
  }

  /** Returns the number of values of element {@code i}. */
  public int n(int i) {
    return counts[i];
  }

  /** Smallest value of element {@code i}. */
  public int start(int i) {
    return starts[i];
  }

  /** Returns the number of values of each element, as a copy. */
  public int[] counts() {
    return counts.clone();
  }

  /** Smallest value of each element, as a copy. */
  public int[] starts() {
    return starts.clone();
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiDiscrete that
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(starts, that.starts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Arrays.hashCode(starts);
  }

  @Override
  public String toString() {
    String text = "MultiDiscrete" + Arrays.toString(counts);
    return Arrays.stream(starts).allMatch(start -> start == 0)
        ? text
        : text + ", starts=" + Arrays.toString(starts);
  }
}
