package org.bellmanrl.api.space;

/**
 * A row of bits, each 0 or 1.
 *
 * @param n number of bits, at least 1
 */
public record MultiBinary(int n) implements Space {
  public MultiBinary {
    if (n < 1) {
      throw new IllegalArgumentException("n of a MultiBinary space must be at least 1, was " + n);
    }
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public String toString() {
    return "MultiBinary(" + n + ")";
  }
}
