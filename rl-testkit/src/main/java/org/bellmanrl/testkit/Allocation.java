package org.bellmanrl.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures what calls allocate on their thread once they are warm.
 *
 * <p>Compiled code keeps in registers what interpreted code allocates, and when a method is
 * compiled depends on how busy the machine is. So a measurement here takes as long as it must: it
 * is over when a round has allocated nothing, or when rounds go on allocating although the JVM's
 * compilers have finished everything and are asked for nothing more. Neither the number of rounds
 * nor a clock decides. A statement of this kind is about HotSpot; on another JVM, which does not
 * tell what its compilers are doing, only their times are looked at.
 *
 * <pre>{@code
 * double bytes = Allocation.settled(() -> {
 *   long before = Allocation.bytes();
 *   for (int i = 0; i < 10_000; i++) {
 *     actor.act(rows, observations, actions);
 *   }
 *   return (Allocation.bytes() - before) / 10_000.0;
 * });
 * assertThat(bytes).isLessThan(Allocation.LIMIT);
 * }</pre>
 */
public final class Allocation {
  /** Bytes per call below which calls count as allocating nothing. */
  public static final double LIMIT = 0.01;

  /**
   * Rounds in a row in which nothing is compiled, after which nothing will be: together they call
   * often enough for every counter of calls and loops to ask for the next compilation.
   */
  private static final int QUIET_ROUNDS = 8;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** A round of calls, a few thousand of them, alike each time. */
  @FunctionalInterface
  public interface Round {
    /**
     * Makes the calls.
     *
     * @return how many bytes each has allocated on this thread, on average
     */
    double bytesPerCall();
  }

  /**
   * Returns how many bytes the current thread has allocated; the difference of two such numbers is
   * what was allocated between them. Reading it allocates nothing.
   */
  public static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Plays rounds until what they allocate has settled.
   *
   * @return the bytes per call of the round that allocated least, below {@link #LIMIT} if calls
   *     allocate nothing once warm
   * @throws IllegalStateException if the thread is interrupted
   */
  public static double settled(Round round) {
    double least = Double.POSITIVE_INFINITY;
    int quiet = 0;
    while (quiet < QUIET_ROUNDS) {
      long before = Compilers.millis();
      least = Math.min(least, round.bytesPerCall());
      if (least < LIMIT) {
        break;
      }
      boolean working = Compilers.finish();
      quiet = working || Compilers.millis() != before ? 0 : quiet + 1;
    }
    return least;
  }
}
