package org.bellmanrl.gymnasium.internal;

import java.util.function.LongSupplier;

/**
 * Waits awake for the other side, where that is worth while: less and less often where it rarely
 * helps, down to one wait in 1,024. The Python side decides in the same way.
 */
final class Spin {
  private static final int MOST_PAUSED = 1023;

  /** Longer than thousands of quick rows take for a step, and than a process takes to wake up. */
  private static final long NANOS = 200_000;

  /**
   * Longer than an Atari game takes for a step of four frames, some 235 µs. To wake up takes some
   * 20 µs, which no longer matters after that.
   */
  private static final long NANOS_WHERE_NOBODY_WAITS = 1_000_000;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final boolean possible = PROCESSORS > 1;
  private final long nanos;
  private int pause;
  private int paused;

  /** Waits for a program that may use all processors. */
  Spin() {
    this.nanos = NANOS;
  }

  /** Waits for processes that use a processor each, and longer if that leaves one. */
  Spin(int processes) {
    this.nanos = PROCESSORS > processes ? NANOS_WHERE_NOBODY_WAITS : NANOS;
  }

  /** Waits for a moment until a counter has a value, and returns whether it has. */
  boolean await(LongSupplier counter, long value) {
    if (!possible || paused < pause) {
      paused++;
      return false;
    }
    paused = 0;
    long begin = System.nanoTime();
    while (counter.getAsLong() != value) {
      if (System.nanoTime() - begin > nanos) {
        pause = Math.min(2 * pause + 1, MOST_PAUSED);
        return false;
      }
      Thread.onSpinWait();
    }
    pause = 0;
    return true;
  }
}
