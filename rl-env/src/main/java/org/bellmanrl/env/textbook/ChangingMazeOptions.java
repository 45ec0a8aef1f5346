package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link ChangingMaze}.
 *
 * @param changeAfter after how many steps, of all episodes together, the wall changes; 0 for a maze
 *     that is changed from the beginning
 * @param maxEpisodeSteps limit of an episode in steps; 0 for none
 */
public record ChangingMazeOptions(
    @Described(
            value = "steps, of all episodes together, after which the wall changes",
            range = "0 or more")
        long changeAfter,
    @Described(value = "limit of an episode; 0 for none", range = "0 or more")
        int maxEpisodeSteps) {
  public ChangingMazeOptions {
    if (changeAfter < 0) {
      throw new IllegalArgumentException("change_after must be at least 0, was " + changeAfter);
    }
    if (maxEpisodeSteps < 0) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, or 0 for no limit, was " + maxEpisodeSteps);
    }
  }

  /** The change after 1000 steps, as when a way is blocked (figure 8.4). */
  public static ChangingMazeOptions blocking() {
    return new ChangingMazeOptions(1000, 0);
  }

  /** The change after 3000 steps, as when a shortcut opens (figure 8.5). */
  public static ChangingMazeOptions shortcut() {
    return new ChangingMazeOptions(3000, 0);
  }
}
