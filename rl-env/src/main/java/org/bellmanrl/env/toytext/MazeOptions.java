package org.bellmanrl.env.toytext;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link Maze}.
 *
 * @param desc the map, row by row: {@code #} wall, {@code .} or a space floor, {@code S} start,
 *     {@code C} cheese, {@code c} crumb, {@code P} poison; a single row may hold line breaks; null
 *     for a named map
 * @param mapName name of the map, when none is given
 * @param stepReward reward of a step onto the floor or against a wall
 * @param cheeseReward reward of the cheese, which ends the episode
 * @param crumbReward reward of a crumb, which is there again when the mouse comes back
 * @param poisonReward reward of the poison, which ends the episode
 * @param slip probability that a step goes to the left or the right of where it was meant to
 * @param maxEpisodeSteps limit of an episode in steps; empty for ten per place that isn't wall
 */
public record MazeOptions(
    @Described(
            "map that replaces map_name: rows of one length, of # wall, . or space floor, S start,"
                + " C cheese, c crumb, P poison")
        @Nullable List<String> desc,
    @Described("name of a map: corridor, course, dyna, mouse or rooms") String mapName,
    @Described(value = "reward of a step to nothing in particular", range = Require.FINITE)
        double stepReward,
    @Described(value = "reward of the cheese, which ends the episode", range = Require.FINITE)
        double cheeseReward,
    @Described(value = "reward of a crumb, there again at every visit", range = Require.FINITE)
        double crumbReward,
    @Described(value = "reward of the poison, which ends the episode", range = Require.FINITE)
        double poisonReward,
    @Described(value = "chance that a step goes to a side instead", range = Require.UNIT)
        double slip,
    @Described(
            value = "limit of an episode; None for ten steps per open place",
            range = Require.AT_LEAST_ONE)
        Optional<Integer> maxEpisodeSteps) {

  public MazeOptions {
    desc = desc == null ? null : List.copyOf(desc);
    Require.finite("step_reward", stepReward);
    Require.finite("cheese_reward", cheeseReward);
    Require.finite("crumb_reward", crumbReward);
    Require.finite("poison_reward", poisonReward);
    Require.unit("slip", slip);
    maxEpisodeSteps.ifPresent(steps -> Require.atLeast("max_episode_steps", steps, 1));
  }

  /** The map called mouse, with a price of 0.01 on every step. */
  public static MazeOptions defaults() {
    return new MazeOptions(null, "mouse", -0.01, 1, 0.1, -1, 0, Optional.empty());
  }

  /** The same on a map of your own, row by row. */
  public MazeOptions withMap(List<String> rows) {
    return new MazeOptions(
        rows, mapName, stepReward, cheeseReward, crumbReward, poisonReward, slip, maxEpisodeSteps);
  }

  /** The same on the map with that name. */
  public MazeOptions withMapName(String name) {
    return new MazeOptions(
        null, name, stepReward, cheeseReward, crumbReward, poisonReward, slip, maxEpisodeSteps);
  }
}
