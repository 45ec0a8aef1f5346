package org.bellmanrl.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.bellmanrl.api.options.Require;

/**
 * Measures what calls allocate on their thread once they are warm.
 *
 * <p>Compiled code keeps in registers what interpreted code allocates, and when a method is
 * compiled depends on how busy the machine is. So a measurement here takes as long as it must: it
 * is over when a round has allocated nothing, or when calls go on allocating although the JVM's
 * compilers have finished everything and are asked for nothing more. Neither the number of rounds
 * nor a clock decides. A statement of this kind is about HotSpot; on another JVM, which does not
 * tell what its compilers are doing, only their times are looked at.
 *
 * <pre>{@code
 * double bytes = Allocation.settled(1_000, () -> {
 *   long before = Allocation.bytes();
 *   for (int i = 0; i < 1_000; i++) {
 *     actor.act(rows, observations, actions);
 *   }
 *   return Allocation.bytes() - before;
 * });
 * assertThat(bytes).isLessThan(Allocation.LIMIT);
 * }</pre>
 */
public final class Allocation {
  /** Bytes per call below which calls count as allocating nothing. */
  public static final double LIMIT = 0.01;

  /**
   * Calls in a row during which nothing is compiled, after which nothing will be: HotSpot's
   * counters ask for the last compilation after 15,000 calls and turns of loops at the latest.
   */
  private static final int QUIET_CALLS = 20_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** A round of calls, alike each time. */
  @FunctionalInterface
  public interface Round {
    /**
     * Makes the calls.
     *
     * @return how many bytes they have allocated on this thread
     */
    long bytes();
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
   * @param calls how many calls a round makes, at least 1
   * @return the bytes per call of the round that allocated least, below {@link #LIMIT} if calls
   *     allocate nothing once warm
   * @throws IllegalArgumentException if {@code calls} is less than 1
   * @throws IllegalStateException if the thread is interrupted
   */
  public static double settled(int calls, Round round) {
    Require.atLeast("calls", calls, 1);
    double least = Double.POSITIVE_INFINITY;
    int quiet = 0;
    while (quiet < QUIET_CALLS) {
      long before = Compilers.millis();
      least = Math.min(least, (double) round.bytes() / calls);
      if (least < LIMIT) {
        break;
      }
      boolean working = Compilers.finish();
      quiet = working || Compilers.millis() != before ? 0 : quiet + calls;
    }
    return least;
  }
}
