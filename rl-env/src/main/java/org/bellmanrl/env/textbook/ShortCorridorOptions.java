package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link ShortCorridor}.
 *
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record ShortCorridorOptions(
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public ShortCorridorOptions {
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** A limit of 1000 steps, which a policy near the best hardly ever meets. */
  public static ShortCorridorOptions defaults() {
    return new ShortCorridorOptions(1000);
  }
}
