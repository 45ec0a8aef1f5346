package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

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
            range = Require.NOT_NEGATIVE)
        long changeAfter,
    @Described(value = "limit of an episode; 0 for none", range = Require.NOT_NEGATIVE)
        int maxEpisodeSteps) {
  public ChangingMazeOptions {
    Require.atLeast("change_after", changeAfter, 0);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 0);
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
