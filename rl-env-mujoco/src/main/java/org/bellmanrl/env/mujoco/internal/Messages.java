package org.bellmanrl.env.mujoco.internal;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What MuJoCo says while it computes.
 *
 * <p>By default it appends its warnings and errors to a file in the working folder and ends the
 * process after an error; with these handlers it does neither itself.
 */
final class Messages {
  private static final System.Logger LOGGER = System.getLogger("org.bellmanrl.env.mujoco");

  /** Long enough for any message of MuJoCo's, which are below 2 KB. */
  private static final long MOST_BYTES = 1 << 16;

  private static final int EXIT_STATUS = 70;

  /** Kinds of warnings that were given: each is a message without its numbers. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private Messages() {}

  /** Logs a warning: the first of its kind in this process as such, others for those who debug. */
  @SuppressWarnings("CatchingUnchecked") // what leaves an upcall ends the JVM
  static void warning(MemorySegment message) {
    try {
      String text = text(message);
      boolean first = WARNED.add(text.replaceAll("[-+.0-9]+", "#"));
      LOGGER.log(
          first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, "MuJoCo: " + text);
    } catch (Exception e) {
      System.err.println("A warning of MuJoCo's can't be logged: " + e);
    }
  }

  /**
   * Does not return, as MuJoCo relies on: it would go on with broken data. An {@link
   * AbandonableCall} fails with the message; outside of one the JVM ends, and says why.
   */
  static void error(MemorySegment message) {
    if (Thread.currentThread() instanceof AbandonableCall<?> attempt) {
      attempt.abandon(text(message));
    }
    try {
      System.err.println("MuJoCo can't go on, and ends this process: " + text(message));
      for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
        System.err.println("\tat " + frame);
      }
    } finally {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }

  @SuppressWarnings("restricted") // a C string says nothing of its length
  private static String text(MemorySegment message) {
    return message.reinterpret(MOST_BYTES).getString(0).strip();
  }
}
