package org.bellmanrl.env.toytext;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.grid.MazePicture;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * A mouse in a maze looks for cheese.
 *
 * <p>The map is any text, see {@link MazeOptions}. The observation is the mouse's place, {@code row
 * * columns + column}; the actions are 0 left, 1 down, 2 right and 3 up. A step against a wall or
 * the map's edge stays where it is. With probability {@code slip} a step goes to the left or the
 * right of where it was meant to, each as likely. Cheese and poison end the episode; every start is
 * as likely. A map that has no start, no cheese or no way between them is refused. Can show its
 * exact model, a grid and text.
 */
public final class Maze extends TableTask {
  private static final int[] DOWNWARD = {0, 1, 0, -1};
  private static final int[] RIGHTWARD = {-1, 0, 1, 0};
  private static final int ACTIONS = 4;

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          '#', new TileView.Tile('#', 240, 240, GridView.Cell.WALL),
          '.', new TileView.Tile(' ', 94, 230, GridView.Cell.OPEN),
          ' ', new TileView.Tile(' ', 94, 230, GridView.Cell.OPEN),
          'S', new TileView.Tile('S', 24, 194, GridView.Cell.OPEN),
          'c', new TileView.Tile('c', 130, 229, GridView.Cell.OPEN),
          'C', new TileView.Tile('C', 52, 220, GridView.Cell.GOAL),
          'P', new TileView.Tile('P', 231, 90, GridView.Cell.TRAP));

  private final TileView view;
  private final MazePicture picture;

  /** The maze of {@code Maze-v1}. */
  public Maze(MazeOptions options) {
    TextMap map = MazeMaps.read(options);
    int open = map.size() - map.count('#');
    super(
        EnvironmentSpec.of("Maze-v1", new Discrete(map.size()), new Discrete(ACTIONS))
            .withMaxEpisodeSteps(options.maxEpisodeSteps().orElse(10 * open))
            .withLegend(
                new Legend(
                    List.of("place: row * columns + column"),
                    List.of("left", "down", "right", "up"),
                    "Cheese (C) pays %s and poison (P) %s, and both end the episode. A crumb (c) pays %s each time, and every other step %s. Walls (#) hold."
                        .formatted(
                            number(options.cheeseReward()),
                            number(options.poisonReward()),
                            number(options.crumbReward()),
                            number(options.stepReward())))),
        model(map, options),
        "maze");
    this.view = new TileView(map, TILES, "←↓→↑", this::state);
    this.picture = new MazePicture(map);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static FiniteModel model(TextMap map, MazeOptions options) {
    FiniteModel.Builder model = FiniteModel.builder(map.size(), ACTIONS);
    double start = 1.0 / map.count('S');
    for (int s = 0; s < map.size(); s++) {
      if (map.at(s) == 'S') {
        model.initial(s, start);
      }
      for (int a = 0; a < ACTIONS; a++) {
        switch (map.at(s)) {
          case '#', 'C', 'P' -> model.add(s, a, 1, s, 0, true);
          default -> {
            addMove(model, map, options, s, a, (a + 3) % ACTIONS, options.slip() / 2);
            addMove(model, map, options, s, a, a, 1 - options.slip());
            addMove(model, map, options, s, a, (a + 1) % ACTIONS, options.slip() / 2);
          }
        }
      }
    }
    return model.build();
  }

  private static void addMove(
      FiniteModel.Builder model,
      TextMap map,
      MazeOptions options,
      int from,
      int action,
      int direction,
      double probability) {
    int ahead = map.neighbour(from, DOWNWARD[direction], RIGHTWARD[direction]);
    int to = map.at(ahead) == '#' ? from : ahead;
    char found = to == from ? '.' : map.at(to);
    switch (found) {
      case 'C' -> model.add(from, action, probability, to, options.cheeseReward(), true);
      case 'P' -> model.add(from, action, probability, to, options.poisonReward(), true);
      case 'c' -> model.add(from, action, probability, to, options.crumbReward(), false);
      default -> model.add(from, action, probability, to, options.stepReward(), false);
    }
  }

  /**
   * Many mazes with one map, stepped together; equal to single ones to the bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(MazeOptions options, int rows) {
    return new Maze(options).batch(rows);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    return view.shown(type, current, picture);
  }
}
