package org.bellmanrl.env.toytext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * Maps at the edge of percolation take a few tries; one that takes more than this never comes.
   */
  private static final int MOST_TRIES = 10_000;

  /** Places drawn in all tries, a second's work. */
  private static final int MOST_PLACES = 1 << 26;

  /**
   * The share of ice above which an endless map has an endless way, the threshold of site
   * percolation on the square lattice (M. E. J. Newman and R. M. Ziff, "Efficient Monte Carlo
   * algorithm and high-precision results for percolation", 2000).
   */
  private static final double PERCOLATION = 0.593;

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
    RandomStream random = RandomStream.ofSeed(seed);
    double[] chances = {p, 1 - p};
    int tries = Math.min(MOST_TRIES, MOST_PLACES / (size * size));
    for (int i = 0; i < tries; i++) {
      List<String> rows = draw(size, chances, random);
      if (hasWay(rows)) {
        return rows;
      }
    }
    throw new IllegalArgumentException(
        "%d maps with map_size = %d and map_p = %s had no way to the goal; large maps hardly ever have one below a map_p of %s, the threshold of percolation: raise map_p"
            .formatted(tries, size, p, PERCOLATION));
  }

  static void checkRandom(int size, double p, long seed) {
    if (size < 2 || size > 512) {
      throw new IllegalArgumentException("map_size must be in [2, 512], was " + size);
    }
    if (!(p > 0 && p <= 1)) {
      throw new IllegalArgumentException("map_p must be in (0, 1], was " + p);
    }
    if (seed < 0) {
      throw new IllegalArgumentException("map_seed must be at least 0, was " + seed);
    }
  }

  private static List<String> draw(int size, double[] chances, RandomStream random) {
    List<String> rows = new ArrayList<>(size);
    StringBuilder row = new StringBuilder(size);
    for (int r = 0; r < size; r++) {
      row.setLength(0);
      for (int c = 0; c < size; c++) {
        row.append(random.choice(chances) == 0 ? 'F' : 'H');
      }
      if (r == 0) {
        row.setCharAt(0, 'S');
      }
      if (r == size - 1) {
        row.setCharAt(size - 1, 'G');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static boolean hasWay(List<String> rows) {
    TextMap map = read(rows);
    boolean[] reached = map.reachable(place -> place == 0, c -> c != 'H', c -> true);
    return reached[map.size() - 1];
  }

  static TextMap read(FrozenLakeOptions options) {
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
