package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link TMaze}.
 *
 * @param length steps from the sign to the junction
 * @param maxEpisodeSteps after so many steps the episode is cut
 */
public record TMazeOptions(
    @Described(value = "steps from the sign to the junction", range = "[1, 1000000]") int length,
    @Described(value = "after so many steps the episode is cut", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public TMazeOptions {
    Require.inRange("length", length, "[1, 1000000]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Ten steps to the junction, at most a hundred in all. */
  public static TMazeOptions defaults() {
    return new TMazeOptions(10, 100);
  }
}
