package org.bellmanrl.gymnasium.internal;

import java.util.function.LongSupplier;

/**
 * Waits awake for the other side, where that is worth while: less and less often where it rarely
 * helps, down to one wait in 1,024. The Python side decides in the same way.
 */
final class SpinWait {
  private static final int MOST_PAUSED = 1023;

  /** Longer than thousands of rows take for a step, and than a process takes to wake up. */
  private static final long NANOS = 200_000;

  private final boolean possible = Runtime.getRuntime().availableProcessors() > 1;
  private int pause;
  private int paused;

  /** Waits for a moment until a counter has a value, and returns whether it has. */
  boolean await(LongSupplier counter, long value) {
    if (!possible || paused < pause) {
      paused++;
      return false;
    }
    paused = 0;
    long begin = System.nanoTime();
    while (counter.getAsLong() != value) {
      if (System.nanoTime() - begin > NANOS) {
        pause = Math.min(2 * pause + 1, MOST_PAUSED);
        return false;
      }
      Thread.onSpinWait();
    }
    pause = 0;
    return true;
  }
}
