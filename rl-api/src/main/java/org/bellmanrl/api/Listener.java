package org.bellmanrl.api;

import org.bellmanrl.api.schedule.Progress;
import org.bellmanrl.api.space.Rows;

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

  /**
   * A metric of the learner, reported at intervals by a {@link
   * org.bellmanrl.api.interaction.Trainer}, and elsewhere by {@link
   * org.bellmanrl.api.interaction.Interaction#reportMetrics}.
   */
  default void onMetric(String name, double value, Progress progress) {}

  /**
   * A {@link org.bellmanrl.api.interaction.Trainer} has stopped: the budget is used up, or a
   * listener or the caller asked for it. A pause between two pieces of one training is not
   * reported.
   */
  default void onStop(Progress progress) {}

  /**
   * Whether training should stop, for this listener's part; asked after every episode by a {@link
   * org.bellmanrl.api.interaction.Trainer}. A program that keeps its own loop decides this itself.
   */
  default boolean wantsStop() {
    return false;
  }

  /** One step of the loop as listeners see it. The object is reused: read it during the call. */
  interface Step {

    /** The rows that took a step. */
    Rows rows();

    /** Reward of a listed row, as the learner sees it. */
    double reward(int row);

    /**
     * What a listed row earned, before wrappers changed the reward; see {@link Outcomes#earned}.
     */
    double earned(int row);

    /**
     * A diagnostic of a listed row.
     *
     * @param index its position in {@link EnvironmentSpec#diagnostics()}
     */
    double diagnostic(int row, int index);
  }

  /**
   * An ended episode.
   *
   * <p>The return is the plain sum of what was {@linkplain Outcomes#earned earned}: a report about
   * the task, not a learner's target.
   */
  interface Episode {
    /** The row it ran in. */
    int row();

    /** Its number in the run, from 0, in the order in which episodes ended. */
    long index();

    /** Sum of what was earned, undiscounted. */
    double episodeReturn();

    /** Number of steps. */
    long length();

    /** Returns whether it reached a terminal state. */
    boolean terminated();

    /** Returns whether it was truncated. */
    boolean truncated();

    /**
     * Mean of a diagnostic over the steps of the episode.
     *
     * @param index its position in {@link EnvironmentSpec#diagnostics()}
     * @throws IndexOutOfBoundsException if the environment declares no such diagnostic
     */
    double diagnostic(int index);
  }
}
