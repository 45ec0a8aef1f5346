package org.bellmanrl.api;

import org.bellmanrl.api.schedule.Progress;

/**
 * Observes a run without changing it.
 *
 * <p>Called on the loop's thread, in the order the listeners were given; a slow listener slows the
 * run.
 */
public interface Listener {

  /** An episode has ended. The object is reused: read it during the call. */
  default void onEpisode(Episode episode, Progress progress) {}

  /** A step of the loop is over. The object is reused: read it during the call. */
  default void onStep(Step step, Progress progress) {}

  /** A number from the learner, asked for at intervals. */
  default void onMetric(String name, double value, Progress progress) {}

  /**
   * Training has stopped: the budget is used up, or a listener or the caller asked for it. A pause
   * between two pieces of one training is not reported.
   */
  default void onStop(Progress progress) {}

  /** Whether training should stop, for this listener's part; asked after every episode. */
  default boolean wantsStop() {
    return false;
  }
}
