package org.bellmanrl.lab.serve;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.space.Columns;

/**
 * Episodes that are played elsewhere. A caller begins an episode with its first observation, and
 * for each outcome that it reports it gets the next action.
 *
 * <p>What a caller passes in and gets back is row 0 of columns that the caller has made for {@link
 * #spec} and that nothing else uses during the call. Values are checked here: a call that is
 * refused changes nothing.
 *
 * <p>An episode whose caller has been silent for some time is abandoned when its place is needed:
 * it is not counted, and the learner is not told of an end. Thread-safe: callers take turns, so a
 * caller waits while the learner learns from another's outcome.
 */
public interface Episodes {
  /** The task, with its spaces and its limit of steps. */
  EnvironmentSpec spec();

  /**
   * Begins an episode.
   *
   * @param first the first observation
   * @param action is filled with the first action
   * @return the number of the episode, at least 0 and never used twice
   */
  long begin(Observations first, Columns action) throws RefusedException;

  /**
   * Takes the outcome of an episode's action.
   *
   * @param outcome reward, next observation and whether the episode is over; its discount and
   *     diagnostics count too
   * @param action is filled with the next action unless the episode has ended
   * @return whether the episode goes on: false if the outcome says that it is over, or at the
   *     task's limit of steps
   */
  boolean step(long episode, Outcomes outcome, Columns action) throws RefusedException;

  /** Gives an episode up: it is not counted, and the learner is not told of an end. */
  void abandon(long episode) throws RefusedException;

  /** How far it is. */
  Status status();

  /**
   * How far it is.
   *
   * @param learning whether a learner learns, rather than a policy that acts only
   * @param steps taken in all episodes
   * @param episodes that have ended
   * @param running how many episodes are being played
   * @param most how many can be played at a time
   * @param abandoned how many were given up
   * @param meanReturn of the last hundred episodes; NaN before the first has ended
   */
  record Status(
      boolean learning,
      long steps,
      long episodes,
      int running,
      int most,
      long abandoned,
      double meanReturn) {}
}
