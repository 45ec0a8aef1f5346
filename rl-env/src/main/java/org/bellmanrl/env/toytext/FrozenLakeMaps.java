package org.bellmanrl.env.toytext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.env.internal.grid.TextMap;

/** Where the maps of {@link FrozenLake} come from: given, by name, or drawn at random. */
public final class FrozenLakeMaps {
  private static final Map<String, List<String>> NAMED =
      new TreeMap<>(
          Map.of(
              "4x4",
              List.of("SFFF", "FHFH", "FFFH", "HFFG"),
              "8x8",
              List.of(
                  "SFFFFFFF",
                  "FFFFFFFF",
                  "FFFHFFFF",
                  "FFFFFHFF",
                  "FFFHFFFF",
                  "FHHFFFHF",
                  "FHFFHFHF",
                  "FFFHFFFG")));

  private FrozenLakeMaps() {}

  /** The names of the maps that have one, in order. */
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /**
   * A map by its name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static List<String> named(String name) {
    List<String> rows = NAMED.get(name);
    if (rows == null) {
      throw new IllegalArgumentException(
          "map_name must be one of %s, was '%s'; give your own map as desc"
              .formatted(String.join(", ", NAMED.keySet()), name));
    }
    return rows;
  }

  /**
   * Draws maps, start at the top left and goal at the bottom right, until one has a way between
   * them: Gymnasium's {@code generate_random_map(size, p, seed)}.
   *
   * @param size number of rows and of columns, in [2, 512]
   * @param p probability that a place is ice and not a hole, in (0, 1]
   * @param seed at least 0
   * @throws IllegalArgumentException if a value is out of range, or no map had a way: of ten
   *     thousand, fewer if they are larger than 81 × 81
   */
  public static List<String> random(int size, double p, long seed) {
    checkRandom(size, p, seed);
    RandomLake lake = new RandomLake(size, p);
    lake.draw(RandomStream.ofSeed(seed));
    String cells = String.valueOf(lake.cells());
    List<String> rows = new ArrayList<>(size);
    for (int r = 0; r < size; r++) {
      rows.add(cells.substring(r * size, (r + 1) * size));
    }
    return rows;
  }

  static void checkRandom(int size, double p, long seed) {
    Require.inRange("map_size", size, "[2, 512]");
    Require.inRange("map_p", p, "(0, 1]");
    Require.atLeast("map_seed", seed, 0);
  }

  static TextMap read(FrozenLakeOptions options) {
    if (options.newMapEachEpisode()) {
      throw new IllegalArgumentException(
          "new_map_each_episode is for a lake without an exact model: RandomFrozenLake");
    }
    List<String> given = options.desc();
    if (given != null) {
      return read(given);
    }
    return read(
        options
            .mapName()
            .map(FrozenLakeMaps::named)
            .orElseGet(() -> random(options.mapSize(), options.mapP(), options.mapSeed())));
  }

  private static TextMap read(List<String> rows) {
    TextMap map = new TextMap(rows, "SFHG", "S start, F ice, H hole, G goal");
    map.require('S', "start");
    map.require('G', "goal");
    return map;
  }
}
