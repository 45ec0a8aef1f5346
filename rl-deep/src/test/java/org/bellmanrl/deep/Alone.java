package org.bellmanrl.deep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bellmanrl.deep.internal.parallel.ParallelParts;

/** Computes without the threads that help, to compare with what is computed with them. */
public final class Alone {
  private Alone() {}

  /** Returns what is computed while nobody helps; skips the test where nobody ever does. */
  public static <T> T compute(Supplier<T> computation) {
    int all = ParallelParts.threads();
    assumeTrue(all > 1, "there are no further threads on one processor");
    ParallelParts block = new ParallelParts(0);
    if (block.claim(all, all) < all) {
      throw new IllegalStateException("a thread of another test is still being helped");
    }
    try {
      return computation.get();
    } finally {
      Runnable[] nothing = new Runnable[all];
      Arrays.fill(nothing, (Runnable) () -> {});
      block.run(nothing, 1);
    }
  }
}
