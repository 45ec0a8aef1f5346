package org.bellmanrl.lab.internal.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, a Ctrl-C or a SIGTERM stops the training instead of the process, which then waits
 * until what was learned is saved and this is closed.
 */
final class Interruption implements AutoCloseable {
  private static final long ASK_AGAIN_MILLIS = 50;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook;

  Interruption(Runnable stop) {
    this.hook = new Thread(() -> repeat(stop), "save-before-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void repeat(Runnable stop) {
    try {
      do {
        // More than once: a run that is only about to begin forgets the first.
        stop.run();
      } while (!saved.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has done its work.
      return;
    }
  }
}
