package org.bellmanrl.api.interaction;

import java.time.Duration;

/**
 * When training is over: as soon as one of its limits is reached, at the end of a step of the loop.
 *
 * @param steps most transitions, over all rows; {@link Long#MAX_VALUE} for no limit
 * @param episodes most ended episodes, over all rows; {@link Long#MAX_VALUE} for no limit
 * @param wallTime most time on the clock on the wall, of one {@link Trainer#run()}; a run stopped
 *     by it can be resumed but not repeated
 */
public record Budget(long steps, long episodes, Duration wallTime) {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  public Budget {
    if (steps < 0 || episodes < 0 || wallTime.isNegative()) {
      throw new IllegalArgumentException(
          "a budget's limits must not be negative, were steps=%d, episodes=%d, wallTime=%s"
              .formatted(steps, episodes, wallTime));
    }
    if (wallTime.compareTo(FOREVER) > 0) {
      wallTime = FOREVER;
    }
  }

  /** Returns a budget of transitions, over all rows. */
  public static Budget steps(long steps) {
    return new Budget(steps, Long.MAX_VALUE, FOREVER);
  }

  /** Returns a budget of episodes, over all rows. */
  public static Budget episodes(long episodes) {
    return new Budget(Long.MAX_VALUE, episodes, FOREVER);
  }

  /** So much time. */
  public static Budget wallTime(Duration wallTime) {
    return new Budget(Long.MAX_VALUE, Long.MAX_VALUE, wallTime);
  }

  /** Returns this budget with a limit of wall time as well. */
  public Budget within(Duration time) {
    return new Budget(steps, episodes, time);
  }

  /**
   * Fraction that is used up, in [0, 1]: of the steps or of the episodes, whichever is further.
   * Always 0 if neither is limited.
   */
  public double fraction(long usedSteps, long usedEpisodes) {
    return Math.min(1, Math.max(used(usedSteps, steps), used(usedEpisodes, episodes)));
  }

  private static double used(long count, long limit) {
    return limit == Long.MAX_VALUE ? 0 : limit == 0 ? 1 : (double) count / limit;
  }

  /** Returns whether time is limited. */
  boolean timed() {
    return wallTime.compareTo(FOREVER) < 0;
  }
}
