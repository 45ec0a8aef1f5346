package org.bellmanrl.api;

/**
 * An ended episode.
 *
 * <p>The return is the plain sum of rewards: a report about the task, not a learner's target.
 */
public interface Episode {
  /** The row it ran in. */
  int row();

  /** Its number in the run, from 0, in the order in which episodes ended. */
  long index();

  /** Sum of its rewards, undiscounted. */
  double episodeReturn();

  /** Number of steps. */
  long length();

  /** Whether it reached a terminal state. */
  boolean terminated();

  /** Whether it was cut from outside. */
  boolean truncated();

  /**
   * Mean of a diagnostic over the steps of the episode.
   *
   * @param index its position in {@link EnvironmentSpec#diagnostics()}
   * @throws IndexOutOfBoundsException if the environment declares no such diagnostic
   */
  double diagnostic(int index);
}
