package org.bellmanrl.lab.internal.watch;

import java.util.concurrent.TimeUnit;

/** Whether a page is open. */
final class OpenPages {
  private static final long PRESENT = TimeUnit.SECONDS.toNanos(2);

  private volatile boolean ever;
  private volatile long asked = System.nanoTime() - TimeUnit.DAYS.toNanos(1);

  /** Notes a request for something that changes. */
  void ask() {
    asked = System.nanoTime();
    ever = true;
  }

  /** Whether a page has ever asked. */
  boolean everPresent() {
    return ever;
  }

  /** Whether a page asked in the last two seconds. */
  boolean present() {
    return within(PRESENT);
  }

  /** Returns whether a page asked within a number of nanoseconds. */
  boolean within(long nanos) {
    return System.nanoTime() - asked < nanos;
  }
}
