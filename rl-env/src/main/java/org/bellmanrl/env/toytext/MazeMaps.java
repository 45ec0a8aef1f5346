package org.bellmanrl.env.toytext;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.env.internal.grid.TextMap;

/** The maps of {@link Maze}, and what makes a map one. */
public final class MazeMaps {
  private static final Map<String, List<String>> NAMED =
      new TreeMap<>(
          Map.of(
              // After the worked example of the Hugging Face deep RL course, unit 2.
              "course",
              List.of("Sc.", ".PC"),
              "corridor",
              List.of("S.......C"),
              // Sutton & Barto, 2nd ed., 2018, example 8.1.
              "dyna",
              List.of(".......#C", "..#....#.", "S.#....#.", "..#......", ".....#...", "........."),
              "mouse",
              List.of(
                  "###########",
                  "#S..#.....#",
                  "#.#.#.###.#",
                  "#.#...#P..#",
                  "#.###.#.#.#",
                  "#...#...#.#",
                  "###.#####.#",
                  "#.......P.#",
                  "#.#####.#C#",
                  "###########"),
              // R. S. Sutton, D. Precup, S. Singh, "Between MDPs and semi-MDPs", 1999, figure 2.
              "rooms",
              List.of(
                  "#############",
                  "#S....#.....#",
                  "#.....#.....#",
                  "#...........#",
                  "#.....#.....#",
                  "#.....#.....#",
                  "##.####.....#",
                  "#.....###.###",
                  "#.....#.....#",
                  "#.....#.....#",
                  "#...........#",
                  "#.....#....C#",
                  "#############")));

  private MazeMaps() {}

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

  static TextMap read(MazeOptions options) {
    List<String> given = options.desc();
    List<String> rows = given == null ? named(options.mapName()) : given;
    TextMap map =
        new TextMap(
            rows, "#. SCcP", "# wall, . or space floor, S start, C cheese, c crumb, P poison");
    map.require('S', "start");
    map.require('C', "cheese");
    checkWays(map);
    return map;
  }

  private static void checkWays(TextMap map) {
    boolean[] fromStart =
        map.reachable(place -> map.at(place) == 'S', c -> c != '#', MazeMaps::passable);
    // The way back: from the cheese through all that a mouse can leave again.
    boolean[] toCheese =
        map.reachable(place -> map.at(place) == 'C', MazeMaps::passable, c -> true);
    for (int place = 0; place < map.size(); place++) {
      if (map.at(place) == 'C' && !fromStart[place]) {
        throw new IllegalArgumentException(
            "the cheese at row %d, column %d can't be reached from any start; open a way to it"
                .formatted(place / map.width(), place % map.width()));
      }
      if (map.at(place) == 'S' && !toCheese[place]) {
        throw new IllegalArgumentException(
            "no cheese can be reached from the start at row %d, column %d; open a way to one"
                .formatted(place / map.width(), place % map.width()));
      }
    }
  }

  private static boolean passable(int letter) {
    return letter != '#' && letter != 'C' && letter != 'P';
  }
}
