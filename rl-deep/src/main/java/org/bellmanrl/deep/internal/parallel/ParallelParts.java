package org.bellmanrl.deep.internal.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Carries out independent parts of some work, in several threads where that is faster and one after
 * the other where it is not. The results are the same either way.
 *
 * <p>What both ways took lately decides; see {@link SpeedComparison}. All threads that learn in a
 * process share the helpers, as do parts that are themselves divided; where none is free, the
 * caller does all the work.
 *
 * <p>Safe for use by several threads, one of which at a time can have its work done in parts.
 */
public final class ParallelParts {
  /**
   * System property for the threads that a learner may compute with: 1 for one alone, more where
   * that is faster, up to {@value #MOST_THREADS}. By default as many as there are processors.
   */
  public static final String THREADS = "bellman.threads";

  private static final int MOST_THREADS = 8;

  /** Multiply-adds of whole networks that may be worth a second thread: ten microseconds or so. */
  private static final long NETWORKS = 500_000;

  private static final HelperThreads HELPERS =
      new HelperThreads(
          Math.clamp(
                  Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()),
                  1,
                  MOST_THREADS)
              - 1);

  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(ParallelParts.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long leastWork;
  private final HelperThreads helpers;

  /** Whether a thread has claimed this. The rest is used by that thread. */
  private volatile boolean busy;

  private long claimed;
  private final SpeedComparison comparison = new SpeedComparison();
  private final Runnable[] pair = new Runnable[2];

  /** Parts that are passes of whole networks. */
  public ParallelParts() {
    this(NETWORKS);
  }

  /**
   * Parts of work that is done again and again.
   *
   * @param leastWork from how much work on a second thread may be worth its while, a third one from
   *     half as much more, and so on; see {@link #claim}
   */
  public ParallelParts(long leastWork) {
    this(leastWork, HELPERS);
  }

  ParallelParts(long leastWork, HelperThreads helpers) {
    this.leastWork = leastWork;
    this.helpers = helpers;
  }

  /** The most threads that work can be divided between, at least 1. */
  public static int threads() {
    return HELPERS.count() + 1;
  }

  /**
   * Requests helpers, for one {@link #run} that must follow.
   *
   * @param work how much there is to do, in multiply-adds or so
   * @param most into how many parts it can be divided
   * @return into how many it is to be divided; 1 if there are no helpers or little to do, and then
   *     no {@link #run} must follow
   */
  public int claim(long work, int most) {
    long each = Math.max(1, leastWork / 2);
    int parts = (int) Math.min(most, work / each);
    if (work < leastWork || parts < 2 || busy || !BUSY.compareAndSet(this, false, true)) {
      return 1;
    }
    claimed = helpers.claim(parts - 1);
    if (claimed == 0) {
      busy = false;
      return 1;
    }
    return Long.bitCount(claimed) + 1;
  }

  /**
   * Does the parts, after {@link #claim}.
   *
   * @param parts at least as many as claimed; the first is done by the calling thread, the others
   *     by it or a helper
   * @param work as claimed
   */
  public void run(Runnable[] parts, long work) {
    if (claimed == 0) {
      throw new IllegalStateException("there are no helpers: claim them first");
    }
    try {
      long begin = System.nanoTime();
      if (comparison.divides()) {
        divide(parts);
      } else {
        int count = Long.bitCount(claimed) + 1;
        for (int i = 0; i < count; i++) {
          parts[i].run();
        }
      }
      comparison.took(System.nanoTime() - begin, work);
    } finally {
      helpers.release(claimed);
      claimed = 0;
      busy = false;
    }
  }

  private void divide(Runnable[] parts) {
    int part = 1;
    for (long rest = claimed; rest != 0; rest &= rest - 1) {
      helpers.first(rest).offer(parts[part]);
      part++;
    }
    try {
      parts[0].run();
    } finally {
      finish();
    }
  }

  /** Sees to it that all parts are done, also where one failed. */
  private void finish() {
    Throwable failure = null;
    for (long rest = claimed; rest != 0; rest &= rest - 1) {
      try {
        helpers.first(rest).finish();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  /** Does two things, with a helper if one is free and there is enough to do. */
  public void both(Runnable one, Runnable other, long work) {
    if (claim(work, 2) == 1) {
      one.run();
      other.run();
      return;
    }
    pair[0] = one;
    pair[1] = other;
    run(pair, work);
  }
}
