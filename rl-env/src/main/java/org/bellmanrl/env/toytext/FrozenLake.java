package org.bellmanrl.env.toytext;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * Cross a frozen lake without falling into a hole; the ice is slippery.
 *
 * <p>The observation is the place, {@code row * columns + column}. The actions are 0 left, 1 down,
 * 2 right and 3 up; the lake's edge holds. On slippery ice a move goes where it was meant to with
 * probability {@code success_rate}, and to either side of that with half of the rest. The episode
 * ends at a hole or at the goal. The reward is paid for where a move leads: 1 for the goal and 0
 * for all else, unless {@code reward_schedule} says otherwise.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code FrozenLake-v1} draw for draw, with one difference: a map
 * that has no start or no goal, or unknown characters, is refused. Can show its exact model, a grid
 * and text. {@link RandomFrozenLake} has a new map for each episode.
 */
public final class FrozenLake extends TableTask {
  /** The id of the lake with at most 100 steps an episode. */
  public static final String ID = "FrozenLake-v1";

  private static final int LIMIT = 100;

  static final int[] DOWNWARD = {0, 1, 0, -1};
  static final int[] RIGHTWARD = {-1, 0, 1, 0};
  static final int ACTIONS = 4;

  static final Legend LEGEND =
      new Legend(
          List.of("place: row * columns + column"),
          List.of("left", "down", "right", "up"),
          "The goal (G) pays 1 and ends the episode; a hole (H) ends it without pay. The start is S."
              + " On slippery ice two moves in three go to a side.");

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          'S', new TileView.Tile('S', 24, 117, GridView.Cell.OPEN),
          'F', new TileView.Tile(' ', 24, 153, GridView.Cell.OPEN),
          'H', new TileView.Tile('H', 255, 18, GridView.Cell.TRAP),
          'G', new TileView.Tile('G', 52, 220, GridView.Cell.GOAL));

  private final TileView view;
  private final FrozenLakePicture picture;

  /** The lake of {@code FrozenLake-v1}: at most 100 steps an episode. */
  public FrozenLake(FrozenLakeOptions options) {
    this(ID, LIMIT, options);
  }

  /**
   * A lake with its own name and limit.
   *
   * @param name how messages call it
   * @param maxEpisodeSteps limit of an episode in steps; 0 for none
   * @param options its map and its ice
   */
  public FrozenLake(String name, int maxEpisodeSteps, FrozenLakeOptions options) {
    TextMap map = FrozenLakeMaps.read(options);
    super(
        EnvironmentSpec.of(name, new Discrete(map.size()), new Discrete(ACTIONS))
            .withMaxEpisodeSteps(maxEpisodeSteps)
            .withLegend(LEGEND),
        model(map, options),
        "frozen-lake");
    this.view = view(map, this::state);
    this.picture = new FrozenLakePicture(map);
  }

  static TileView view(TextMap map, IntSupplier place) {
    return new TileView(map, TILES, "←↓→↑", place);
  }

  /** Creates the lake of {@code FrozenLake-v1}, with a new map for each episode if so asked. */
  public static Environment of(FrozenLakeOptions options) {
    return of(ID, LIMIT, options);
  }

  /** Creates a lake with one map, or with a new one for each episode, as the options say. */
  public static Environment of(String name, int maxEpisodeSteps, FrozenLakeOptions options) {
    return options.newMapEachEpisode()
        ? new RandomFrozenLake(name, maxEpisodeSteps, options)
        : new FrozenLake(name, maxEpisodeSteps, options);
  }

  private static FiniteModel model(TextMap map, FrozenLakeOptions options) {
    FiniteModel.Builder model = FiniteModel.builder(map.size(), ACTIONS);
    double start = 1.0 / map.count('S');
    for (int s = 0; s < map.size(); s++) {
      if (map.at(s) == 'S') {
        model.initial(s, start);
      }
      for (int a = 0; a < ACTIONS; a++) {
        if (map.at(s) == 'G' || map.at(s) == 'H') {
          model.add(s, a, 1, s, 0, true);
        } else if (options.isSlippery()) {
          double sideways = (1 - options.successRate()) / 2;
          addMove(model, map, options, s, a, (a + 3) % ACTIONS, sideways);
          addMove(model, map, options, s, a, a, options.successRate());
          addMove(model, map, options, s, a, (a + 1) % ACTIONS, sideways);
        } else {
          addMove(model, map, options, s, a, a, 1);
        }
      }
    }
    return model.build();
  }

  private static void addMove(
      FiniteModel.Builder model,
      TextMap map,
      FrozenLakeOptions options,
      int from,
      int action,
      int direction,
      double probability) {
    int to = map.neighbour(from, DOWNWARD[direction], RIGHTWARD[direction]);
    switch (map.at(to)) {
      case 'G' -> model.add(from, action, probability, to, options.goalReward(), true);
      case 'H' -> model.add(from, action, probability, to, options.holeReward(), true);
      default -> model.add(from, action, probability, to, options.iceReward(), false);
    }
  }

  /**
   * Many of the lakes of {@code FrozenLake-v1}, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(FrozenLakeOptions options, int rows) {
    return batch(ID, LIMIT, options, rows);
  }

  /**
   * Many lakes, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(
      String name, int maxEpisodeSteps, FrozenLakeOptions options, int rows) {
    if (options.newMapEachEpisode()) {
      Environment[] lakes = new Environment[rows];
      Arrays.setAll(lakes, row -> of(name, maxEpisodeSteps, options));
      return VectorEnvironment.of(lakes);
    }
    return new FrozenLake(name, maxEpisodeSteps, options).batch(rows);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    return view.shown(type, current, picture);
  }
}
