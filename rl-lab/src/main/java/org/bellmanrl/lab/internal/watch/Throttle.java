package org.bellmanrl.lab.internal.watch;

import java.util.concurrent.TimeUnit;

/**
 * Makes the thread that trains wait: while training is paused, and as long as it is ahead of the
 * speed that is wanted.
 *
 * <p>Waiting takes place between two steps and changes nothing but the time.
 */
final class Throttle {
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

  private double speed;
  private boolean paused;
  private boolean released;

  /** Whether there may be something to wait for. */
  private volatile boolean wanted;

  /** Where training was allowed to be when; meaningless while {@code fresh}. */
  private long anchorSteps;

  private long anchorNanos;
  private boolean fresh = true;

  /** Begins at a speed in transitions a second, 0 for no limit. */
  Throttle(double speed) {
    speed(speed);
  }

  synchronized void pause() {
    paused = true;
    changed();
  }

  synchronized void resume() {
    paused = false;
    changed();
  }

  /** Sets the transitions a second; 0 for no limit. */
  synchronized void speed(double steps) {
    speed = steps;
    changed();
  }

  /** Lets every caller pass without waiting from now on. */
  synchronized void release() {
    released = true;
    paused = false;
    changed();
  }

  private void changed() {
    fresh = true;
    wanted = !released && (paused || speed > 0);
    notifyAll();
  }

  synchronized boolean paused() {
    return paused;
  }

  synchronized double speed() {
    return speed;
  }

  /**
   * Waits as long as has to be. Returns early, with the flag set, if the thread is interrupted.
   *
   * @param steps transitions so far
   * @param now and then called while waiting
   */
  void hold(long steps, Runnable now) {
    while (wanted && held(steps)) {
      now.run();
    }
  }

  /** Waits for a moment; whether that was not all. */
  private synchronized boolean held(long steps) {
    long now = System.nanoTime();
    long left = TICK;
    if (!paused) {
      if (released || speed == 0) {
        return false;
      }
      if (fresh) {
        fresh = false;
        anchorSteps = steps;
        anchorNanos = now;
      }
      long due = anchorNanos + (long) ((steps - anchorSteps) / speed * 1e9);
      if (due - now <= 0) {
        anchorSteps = steps;
        // Somewhat late is made up for, so that the speed is right on average.
        anchorNanos = Math.max(due - now, -2 * TICK) + now;
        return false;
      }
      left = Math.min(left, due - now);
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 100_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
