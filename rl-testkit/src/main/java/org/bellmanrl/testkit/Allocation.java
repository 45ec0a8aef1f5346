package org.bellmanrl.testkit;

import java.lang.management.ManagementFactory;

/** Bytes that this thread has allocated. */
final class Allocation {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Most bytes per call, the threshold of "allocates nothing". */
  static final double LIMIT = 0.01;

  private Allocation() {}

  /** Grows with every object this thread makes; reading it makes none. */
  static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
