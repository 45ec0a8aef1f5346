package org.bellmanrl.deep.internal.parallel;

import org.jspecify.annotations.Nullable;

/**
 * Does two things that have nothing to do with each other, in two threads where that is faster and
 * one after the other where it is not. So what they compute is the same either way.
 *
 * <p>What both ways took lately decides; see {@link SpeedComparison}. Of all threads that learn in
 * a process one at a time can have the second thread, and the others go on without it.
 *
 * <p>Safe for use by several threads.
 */
public final class ParallelPair {
  /**
   * System property for the threads that a learner may compute with: 1 for one alone, more for two
   * where that is faster. By default as many as there are processors.
   */
  public static final String THREADS = "bellman.threads";

  private static final @Nullable HelperThread HELPER =
      Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()) > 1
          ? new HelperThread()
          : null;

  private final long leastWork;
  private final @Nullable HelperThread helper;

  /** Used by the thread that has claimed the helper. */
  private final SpeedComparison comparison = new SpeedComparison();

  /**
   * A pair of things that are done again and again.
   *
   * @param leastWork from how much work on the second thread may be worth its while; see {@link
   *     #claim}
   */
  public ParallelPair(long leastWork) {
    this(leastWork, HELPER);
  }

  ParallelPair(long leastWork, @Nullable HelperThread helper) {
    this.leastWork = leastWork;
    this.helper = helper;
  }

  /**
   * Asks for the second thread, for one {@link #run} that must follow.
   *
   * @param work how much there is to do, in multiply-adds or so
   * @return whether it is free, and there is enough to do
   */
  public boolean claim(long work) {
    return work >= leastWork && helper != null && helper.claim();
  }

  /**
   * Does both, after {@link #claim}.
   *
   * @param one by the calling thread
   * @param other by the calling thread or the second one
   * @param work as claimed
   */
  public void run(Runnable one, Runnable other, long work) {
    HelperThread second = helper;
    if (second == null) {
      throw new IllegalStateException("there is no second thread: claim it first");
    }
    try {
      long begin = System.nanoTime();
      if (comparison.divides()) {
        second.offer(other);
        try {
          one.run();
        } finally {
          second.finish();
        }
      } else {
        one.run();
        other.run();
      }
      comparison.took(System.nanoTime() - begin, work);
    } finally {
      second.release();
    }
  }

  /** Does both, with the second thread if it is free and there is enough to do. */
  public void both(Runnable one, Runnable other, long work) {
    if (claim(work)) {
      run(one, other, work);
    } else {
      one.run();
      other.run();
    }
  }
}
