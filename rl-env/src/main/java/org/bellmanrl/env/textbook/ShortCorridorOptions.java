package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link ShortCorridor}.
 *
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record ShortCorridorOptions(
    @Described(value = "limit of an episode in steps", range = "1 or more") int maxEpisodeSteps) {

  public ShortCorridorOptions {
    if (maxEpisodeSteps < 1) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, was " + maxEpisodeSteps);
    }
  }

  /** A limit of 1000 steps, which a policy near the best hardly ever meets. */
  public static ShortCorridorOptions defaults() {
    return new ShortCorridorOptions(1000);
  }
}
