package org.bellmanrl.deep.internal.parallel;

/**
 * Decides whether work is worth dividing between threads, by what both ways took lately.
 *
 * <p>Several threads are slower than one where the cores have other work, and on some machines
 * where the numbers must cross between cores; neither shows but in the time. So from time to time
 * the way that is not in use is tried again, for a few pieces of work. Not thread-safe.
 */
final class SpeedComparison {
  /** What several threads may take of the time of one to be preferred. */
  private static final double WORTHWHILE = 0.85;

  /**
   * A piece counts for as many as such stretches of time fit in, in nanoseconds, up to {@link
   * #SETTLING}: of long ones fewer are needed.
   */
  private static final long SHORT = 100_000;

  /** Pieces of a trial, of which the first ones don't count: helpers may sleep. */
  private static final int TRIAL = 32;

  private static final int SETTLING = 16;

  /**
   * Pieces from trial to trial. In a process's first seconds all trials fail, because HotSpot's
   * compilers have the other cores; more of them would only cost more.
   */
  private static final int CYCLE = 32 * TRIAL;

  /** Over how many pieces a mean is taken, the older ones counting less and less. */
  private static final int MEMORY = 64;

  /** How many times the mean a piece counts for at most. */
  private static final double MOST = 4;

  /** Nanoseconds per unit of work, alone and divided; 0 before the first. */
  private final double[] means = new double[2];

  /** How many pieces the means are of, up to {@value MEMORY}; each trial starts over. */
  private final int[] pieces = new int[2];

  /** Begins alone, after where a trial would have been. */
  private int place = TRIAL;

  private boolean dividing;

  /** Returns whether the next piece is to be divided. */
  boolean divides() {
    return dividing;
  }

  /**
   * Takes note of a piece, which was divided if {@link #divides} said so.
   *
   * @param nanos how long it took
   * @param work how much it was, in any unit
   */
  void took(long nanos, long work) {
    if (place >= SETTLING) {
      note(dividing ? 1 : 0, (double) nanos / work);
    }
    boolean trial = place < TRIAL;
    place += Math.clamp(nanos / SHORT, 1, SETTLING);
    if (place >= CYCLE) {
      place = 0;
      dividing = !dividing;
      pieces[dividing ? 1 : 0] = 0;
    } else if (trial && place >= TRIAL) {
      dividing = means[1] < WORTHWHILE * means[0];
    } else if (!trial && means[1] > means[0]) {
      dividing = false;
    }
  }

  private void note(int way, double cost) {
    if (pieces[way] == 0) {
      means[way] = cost;
    }
    pieces[way] = Math.min(pieces[way] + 1, MEMORY);
    means[way] += (Math.min(cost, MOST * means[way]) - means[way]) / pieces[way];
  }
}
