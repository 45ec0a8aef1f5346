package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link DynaMaze}.
 *
 * @param maxEpisodeSteps limit of an episode in steps; 0 for none
 */
public record DynaMazeOptions(
    @Described(value = "limit of an episode; 0 for none", range = Require.NOT_NEGATIVE)
        int maxEpisodeSteps) {
  public DynaMazeOptions {
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 0);
  }

  /** No limit, as in the book. */
  public static DynaMazeOptions defaults() {
    return new DynaMazeOptions(0);
  }
}
