package org.bellmanrl.api.space;

import org.bellmanrl.api.options.Require;

/**
 * A row of bits, each 0 or 1.
 *
 * @param n number of bits, at least 1
 */
public record MultiBinary(int n) implements Space {
  public MultiBinary {
    Require.atLeast("n of a MultiBinary space", n, 1);
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
