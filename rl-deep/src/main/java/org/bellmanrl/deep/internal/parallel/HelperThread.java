package org.bellmanrl.deep.internal.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes over a part of what one thread computes, for parts of some microseconds and
 * more.
 *
 * <p>A part is offered, not handed over: the thread that offered it takes it back if it has not
 * been begun by the time that it is wanted. So it is done in time even if the helper sleeps or has
 * no core to run on. One thread at a time is helped.
 *
 * <p>The helper looks out for work for a hundred microseconds or so, then sleeps, and ends when it
 * has slept for long, so it need not be closed. Safe for use by several threads.
 */
final class HelperThread {
  /** About a hundred microseconds: longer than most gaps within an update. */
  private static final int LOOKS_BEFORE_SLEEP = 8_000;

  private static final long LONGEST_SLEEP_NANOS = 1_000_000_000L;

  /** The number of polls that take longer than a part for which there is a core. */
  private static final int LOOKS_BEFORE_NAP = 20_000;

  private static final long NAP_NANOS = 10_000;

  private static final VarHandle TAKEN;
  private static final VarHandle ALIVE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TAKEN = lookup.findVarHandle(HelperThread.class, "taken", int.class);
      ALIVE = lookup.findVarHandle(HelperThread.class, "alive", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Parts are numbered: the last one offered, begun by either, and done by the helper. */
  private volatile int offered;

  private volatile int taken;
  private volatile int done;

  /** Written before {@link #offered}, read after it. */
  private Runnable part = () -> {};

  /** Written before {@link #done}, read after it. */
  private @Nullable Throwable failure;

  private volatile boolean alive;
  private volatile boolean asleep;
  private volatile @Nullable Thread thread;

  /**
   * Offers a part, by the thread that has claimed this one; see {@link HelperThreads}.
   *
   * @param work what either thread is to do, once; not to be changed before {@link #finish}
   */
  void offer(Runnable work) {
    part = work;
    offered = taken + 1;
    if (!alive) {
      if (ALIVE.compareAndSet(this, false, true)) {
        Thread helper = new Thread(this::serve, "bellman-helper");
        helper.setDaemon(true);
        thread = helper;
        helper.start();
      }
    } else if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Sees to it that the part is done: takes it back if it has not been begun, else waits for it.
   *
   * @throws IllegalStateException if the helper failed, with what it failed of as cause
   */
  void finish() {
    int number = offered;
    if (TAKEN.compareAndSet(this, number - 1, number)) {
      part.run();
    } else {
      await(number);
    }
  }

  private void await(int number) {
    for (int looks = 0; done != number; looks++) {
      if (looks < LOOKS_BEFORE_NAP) {
        Thread.onSpinWait();
      } else {
        // The helper waits for a core: perhaps for this one.
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a part of the work failed in a helper thread", thrown);
    }
  }

  /** What the helper does. */
  private void serve() {
    do {
      for (int looks = 0; looks < LOOKS_BEFORE_SLEEP; looks++) {
        int number = offered;
        if (number == taken) {
          Thread.onSpinWait();
        } else if (TAKEN.compareAndSet(this, number - 1, number)) {
          carryOut(number);
          looks = 0;
        }
      }
    } while (sleep());
  }

  private void carryOut(int number) {
    try {
      part.run();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    done = number;
  }

  /** Sleeps until something is offered; whether to go on, or to end after a sleep that was long. */
  private boolean sleep() {
    long begin = System.nanoTime();
    asleep = true;
    while (offered == taken && System.nanoTime() - begin < LONGEST_SLEEP_NANOS) {
      LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
    }
    asleep = false;
    if (offered != taken) {
      return true;
    }
    alive = false;
    // An offer in between relies on this thread, unless it has seen that the thread ends.
    return offered != taken && ALIVE.compareAndSet(this, false, true);
  }
}
