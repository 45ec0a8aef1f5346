package org.bellmanrl.env.toytext;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link FrozenLake}. The first five are Gymnasium's, the next three the arguments
 * of its {@code generate_random_map}, which is used when there is neither a map nor a name;
 * Gymnasium draws another map every time then, here {@code map_seed} says which.
 *
 * @param desc the map, row by row, of {@code S} start, {@code F} ice, {@code H} hole and {@code G}
 *     goal; a single row may hold line breaks; null for a named or random map
 * @param mapName name of the map, when none is given; empty for a random one
 * @param isSlippery whether moves can go sideways
 * @param successRate probability that a move on slippery ice goes where it was meant to
 * @param rewardSchedule rewards for moving to a goal, to a hole and to ice
 * @param mapSize rows and columns of a random map
 * @param mapP probability that a place of a random map is ice
 * @param mapSeed seed of a random map
 * @param newMapEachEpisode whether a new random map is drawn for each episode, from the episode's
 *     stream; replaces map and name, see {@link RandomFrozenLake}
 */
public record FrozenLakeOptions(
    @Described(
            "map that replaces map_name: rows of one length, or one text of lines, of S start, F ice,"
                + " H hole, G goal")
        @Nullable List<String> desc,
    @Described("name of a map, 4x4 or 8x8; None for a random one") Optional<String> mapName,
    @Described("moves can go sideways") boolean isSlippery,
    @Described(value = "chance that a move on slippery ice goes as meant", range = Require.UNIT)
        double successRate,
    @Described(value = "three rewards, for reaching goal, hole, ice", range = Require.FINITE)
        List<Double> rewardSchedule,
    @Described(value = "rows and columns of a random map", range = "[2, 512]") int mapSize,
    @Described(value = "chance of ice at each place of a random map", range = "(0, 1]") double mapP,
    @Described(value = "seed of a random map", range = Require.NOT_NEGATIVE) long mapSeed,
    @Described("draw a new random map for each episode; replaces map_name and map_seed")
        boolean newMapEachEpisode) {

  public FrozenLakeOptions {
    desc = desc == null ? null : List.copyOf(desc);
    Require.unit("success_rate", successRate);
    rewardSchedule = List.copyOf(rewardSchedule);
    Require.finite("reward_schedule", rewardSchedule);
    if (rewardSchedule.size() != 3) {
      throw new IllegalArgumentException(
          "reward_schedule must hold 3 numbers (goal, hole, ice), was " + rewardSchedule);
    }
    FrozenLakeMaps.checkRandom(mapSize, mapP, mapSeed);
    if (newMapEachEpisode && desc != null) {
      throw new IllegalArgumentException(
          "new_map_each_episode draws its maps; it cannot be combined with desc");
    }
  }

  /** Gymnasium's defaults: the slippery 4x4 lake. */
  public static FrozenLakeOptions defaults() {
    return new FrozenLakeOptions(
        null, Optional.of("4x4"), true, 1.0 / 3.0, List.of(1.0, 0.0, 0.0), 8, 0.8, 0, false);
  }

  /** The same on a map of your own, row by row. */
  public FrozenLakeOptions withMap(List<String> rows) {
    return new FrozenLakeOptions(
        rows, mapName, isSlippery, successRate, rewardSchedule, mapSize, mapP, mapSeed, false);
  }

  /** The same on the map with that name. */
  public FrozenLakeOptions withMapName(String name) {
    return new FrozenLakeOptions(
        null,
        Optional.of(name),
        isSlippery,
        successRate,
        rewardSchedule,
        mapSize,
        mapP,
        mapSeed,
        false);
  }

  /** The same on a random map. */
  public FrozenLakeOptions withRandomMap(int size, double p, long seed) {
    return new FrozenLakeOptions(
        null, Optional.empty(), isSlippery, successRate, rewardSchedule, size, p, seed, false);
  }

  /** The same with a new random map for each episode. */
  public FrozenLakeOptions withNewMapEachEpisode(int size, double p) {
    return new FrozenLakeOptions(
        null, Optional.empty(), isSlippery, successRate, rewardSchedule, size, p, mapSeed, true);
  }

  /** The same with slippery ice, or with ice that isn't. */
  public FrozenLakeOptions withSlippery(boolean slippery) {
    return new FrozenLakeOptions(
        desc,
        mapName,
        slippery,
        successRate,
        rewardSchedule,
        mapSize,
        mapP,
        mapSeed,
        newMapEachEpisode);
  }

  double goalReward() {
    return rewardSchedule.get(0);
  }

  double holeReward() {
    return rewardSchedule.get(1);
  }

  double iceReward() {
    return rewardSchedule.get(2);
  }
}
