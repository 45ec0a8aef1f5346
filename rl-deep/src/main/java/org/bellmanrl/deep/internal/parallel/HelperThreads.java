package org.bellmanrl.deep.internal.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The helper threads of a process. A thread that computes claims as many of them as it can use and
 * are free. Safe for use by several threads.
 */
final class HelperThreads {
  private static final VarHandle FREE;

  static {
    try {
      FREE = MethodHandles.lookup().findVarHandle(HelperThreads.class, "free", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final HelperThread[] threads;

  /** A bit for each thread that is free. */
  private volatile long free;

  /**
   * Helpers, which begin when they are first wanted.
   *
   * @param count how many, at most 63
   */
  HelperThreads(int count) {
    threads = new HelperThread[count];
    for (int i = 0; i < count; i++) {
      threads[i] = new HelperThread();
    }
    free = (1L << count) - 1;
  }

  /** How many there are. */
  int count() {
    return threads.length;
  }

  /**
   * Reserves helpers for the caller, until {@link #release}.
   *
   * @param most how many it can use
   * @return a bit for each; 0 if none is free
   */
  long claim(int most) {
    while (true) {
      long before = free;
      long claimed = 0;
      long rest = before;
      for (int i = 0; i < most && rest != 0; i++) {
        claimed |= Long.lowestOneBit(rest);
        rest &= rest - 1;
      }
      if (claimed == 0 || FREE.compareAndSet(this, before, rest)) {
        return claimed;
      }
    }
  }

  /** Ends what {@link #claim} began. */
  void release(long claimed) {
    FREE.getAndBitwiseOr(this, claimed);
  }

  /** The first helper among those of the bits. */
  HelperThread first(long claimed) {
    return threads[Long.numberOfTrailingZeros(claimed)];
  }
}
