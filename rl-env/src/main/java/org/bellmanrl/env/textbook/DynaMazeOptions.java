package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link DynaMaze}.
 *
 * @param maxEpisodeSteps limit of an episode in steps; 0 for none
 */
public record DynaMazeOptions(
    @Described(value = "limit of an episode; 0 for none", range = "0 or more")
        int maxEpisodeSteps) {
  public DynaMazeOptions {
    if (maxEpisodeSteps < 0) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, or 0 for no limit, was " + maxEpisodeSteps);
    }
  }

  /** No limit, as in the book. */
  public static DynaMazeOptions defaults() {
    return new DynaMazeOptions(0);
  }
}
