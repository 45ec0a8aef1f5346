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
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * Walk along a cliff: the shortest way is next to the edge, the safe one is longer (Sutton &amp;
 * Barto, 2nd ed., 2018, example 6.6).
 *
 * <p>The observation is the place, {@code row * 12 + column}, on 4 rows of 12; the walk begins at
 * the bottom left and ends at the bottom right. The actions are 0 up, 1 right, 2 down and 3 left.
 * Each step costs 1, a fall costs 100 and leads back to the start without ending the episode. On
 * slippery ground a move goes where it was meant to or to either side of that, with probability 1/3
 * each. There is no limit to an episode.
 *
 * <p>Equal to Gymnasium 1.3.0's {@code CliffWalking-v1} draw for draw. Can show its exact model, a
 * grid and text.
 */
public final class CliffWalking extends TableTask {
  private static final List<String> MAP =
      List.of("............", "............", "............", "SCCCCCCCCCCG");
  private static final int START = 36;
  private static final int[] DOWNWARD = {-1, 0, 1, 0};
  private static final int[] RIGHTWARD = {0, 1, 0, -1};
  private static final int ACTIONS = 4;

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          'S', new TileView.Tile('S', 231, 65, GridView.Cell.OPEN),
          '.', new TileView.Tile(' ', 231, 108, GridView.Cell.OPEN),
          'C', new TileView.Tile('C', 203, 52, GridView.Cell.HAZARD),
          'G', new TileView.Tile('G', 52, 220, GridView.Cell.GOAL));

  private final TileView view;
  private final CliffPicture picture;

  /** The cliff of {@code CliffWalking-v1}. */
  public CliffWalking(CliffWalkingOptions options) {
    this("CliffWalking-v1", options);
  }

  /**
   * A cliff with its own name.
   *
   * @param name how messages call it
   * @param options its ground
   */
  public CliffWalking(String name, CliffWalkingOptions options) {
    TextMap map = new TextMap(MAP, ".SCG", "S start, C cliff, G goal");
    super(
        EnvironmentSpec.of(name, new Discrete(map.size()), new Discrete(ACTIONS))
            .withLegend(
                new Legend(
                    List.of("place: row * 12 + column"),
                    List.of("up", "right", "down", "left"),
                    "Each step costs 1. The cliff (C) costs 100 and leads back to the start (S); the goal (G) ends the episode.")),
        model(map, options.isSlippery()),
        "cliff-walking");
    this.view = new TileView(map, TILES, "↑→↓←", this::state);
    this.picture = new CliffPicture(map);
  }

  private static FiniteModel model(TextMap map, boolean slippery) {
    FiniteModel.Builder model = FiniteModel.builder(map.size(), ACTIONS).initial(START, 1);
    for (int s = 0; s < map.size(); s++) {
      for (int a = 0; a < ACTIONS; a++) {
        if (slippery) {
          addMove(model, map, s, a, (a + 3) % ACTIONS, 1.0 / 3);
          addMove(model, map, s, a, a, 1.0 / 3);
          addMove(model, map, s, a, (a + 1) % ACTIONS, 1.0 / 3);
        } else {
          addMove(model, map, s, a, a, 1);
        }
      }
    }
    return model.build();
  }

  private static void addMove(
      FiniteModel.Builder model,
      TextMap map,
      int from,
      int action,
      int direction,
      double probability) {
    int to = map.neighbour(from, DOWNWARD[direction], RIGHTWARD[direction]);
    switch (map.at(to)) {
      case 'C' -> model.add(from, action, probability, START, -100, false);
      case 'G' -> model.add(from, action, probability, to, -1, true);
      default -> model.add(from, action, probability, to, -1, false);
    }
  }

  /**
   * Many of the cliffs of {@code CliffWalking-v1}, stepped together; equal to single ones to the
   * bit.
   *
   * @param rows how many, at least 1
   */
  public static VectorEnvironment batch(CliffWalkingOptions options, int rows) {
    return new CliffWalking(options).batch(rows);
  }

  /** Many with their own name, stepped together. */
  public static VectorEnvironment batch(String name, CliffWalkingOptions options, int rows) {
    return new CliffWalking(name, options).batch(rows);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    return view.shown(type, current, picture);
  }
}
