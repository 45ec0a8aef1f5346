package org.bellmanrl.env.mujoco.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A thread that calls MuJoCo and may be given up.
 *
 * <p>There is no way back out of native code for a thread in which MuJoCo's error handler was
 * called. What is likely to fail, such as the first steps of a model that nobody has tried, is done
 * in a thread of this kind: after an error it sleeps for good, and the model's memory is lost.
 */
final class AbandonableCall<T> extends Thread {
  private final Supplier<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private AbandonableCall(Supplier<T> work) {
    super("mujoco-attempt");
    this.work = work;
    setDaemon(true);
  }

  /**
   * Does something in another thread and waits for it.
   *
   * @throws IllegalArgumentException if MuJoCo met an error; the message is its own
   */
  static <T> T of(Supplier<T> work) {
    AbandonableCall<T> call = new AbandonableCall<>(work);
    call.start();
    try {
      return call.result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // rethrown to the waiting caller
  public void run() {
    try {
      result.complete(work.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /** Called in this thread, by MuJoCo: tells of the error and does not return. */
  void abandon(String message) {
    result.completeExceptionally(new IllegalArgumentException(message));
    while (true) {
      LockSupport.park(this);
    }
  }
}
