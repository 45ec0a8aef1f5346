package org.bellmanrl.onnx.internal;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run of ONNX Runtime that exceeds its {@link Limits}, as ONNX Runtime ends runs: between
 * two operations. Runs that are over sooner than a look every {@link #INTERVAL} milliseconds cost
 * it an entry in a queue.
 */
final class Watchdog implements AutoCloseable {
  /** Between two looks, in milliseconds. */
  static final long INTERVAL = 20;

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Limits limits;
  private final OrtSession.RunOptions options = new OrtSession.RunOptions();
  private final long begun = System.nanoTime();
  private final ScheduledFuture<?> looks;
  private long before = -1;
  private String excess = "";
  private boolean closed;

  /** Begins to watch a run with {@link #options}. */
  Watchdog(Limits limits) throws OrtException {
    this.limits = limits;
    this.looks =
        CLOCK.scheduleWithFixedDelay(this::look, INTERVAL, INTERVAL, TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("bellman-onnx-watch").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Returns what the run must be given. */
  OrtSession.RunOptions options() {
    return options;
  }

  /** Says why the run was ended; empty if it was not. */
  synchronized String excess() {
    return excess;
  }

  private synchronized void look() {
    if (closed || !excess.isEmpty()) {
      return;
    }
    // The first look is soon enough to count from, and most runs are over by then.
    before = before < 0 ? Limits.resident() : before;
    excess = limits.excess(begun, before);
    if (!excess.isEmpty()) {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        excess += ", and ONNX Runtime could not end it: " + e.getMessage();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    looks.cancel(false);
    options.close();
  }
}
