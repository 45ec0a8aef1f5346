package org.bellmanrl.api.space;

import org.bellmanrl.api.options.Require;

/**
 * The integers {@code start} to {@code start + n - 1}.
 *
 * @param n how many there are, at least 1
 * @param start the smallest
 */
public record Discrete(int n, int start) implements Space {
  public Discrete {
    Require.atLeast("n of a Discrete space", n, 1);
    if (start > Integer.MAX_VALUE - (n - 1)) {
      throw new IllegalArgumentException(
          "start + n - 1 of a Discrete space must fit an int, was " + start + " + " + n + " - 1");
    }
  }

  /** The integers 0 to {@code n - 1}. */
  public Discrete(int n) {
    this(n, 0);
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public String toString() {
    return start == 0 ? "Discrete(" + n + ")" : "Discrete(" + n + ", start=" + start + ")";
  }
}
