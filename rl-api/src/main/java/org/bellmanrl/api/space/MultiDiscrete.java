package org.bellmanrl.api.space;

import java.util.Arrays;

/** Several integers at once, the i-th from 0 to {@code n(i) - 1}. */
public final class MultiDiscrete implements Space {
  private final int[] counts;

  /**
   * Creates the space.
   *
   * @param counts how many values each element can take, each at least 1
   */
  public MultiDiscrete(int... counts) {
    if (counts.length == 0) {
      throw new IllegalArgumentException("a MultiDiscrete space needs at least one element");
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1) {
        throw new IllegalArgumentException(
            "count " + i + " of a MultiDiscrete space must be at least 1, was " + counts[i]);
      }
    }
    this.counts = counts.clone();
  }

  /** Number of elements. */
  public int size() {
    return counts.length;
  }

  /** How many values element {@code i} can take. */
  public int n(int i) {
    return counts[i];
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiDiscrete that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "MultiDiscrete" + Arrays.toString(counts);
  }
}
