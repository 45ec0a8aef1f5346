package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * Cross a field with a wind that blows upwards, by so many places as the column one leaves says.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 6.5; exercise 6.9 (king's moves, staying)
 * and 6.10 (stochastic wind). The observation is the place, {@code row * 10 + column}, on 7 rows of
 * 10; the walk leads from row 3, column 0 to row 3, column 7. The actions are 0 up, 1 right, 2
 * down, 3 left, then, as kings go, 4 up right, 5 down right, 6 down left, 7 up left, and 8 stay.
 * The wind of the columns is 0 0 0 1 1 1 2 2 1 0; nothing blows or goes beyond the edge. Each step
 * costs 1, and there is no limit to an episode. The shortest way takes 15 steps, a king 7.
 *
 * <p>Draws one random number per reset and per step. Can show its exact model, a grid and text.
 */
public final class WindyGridworld extends TableTask {
  private static final List<String> MAP =
      List.of(
          "...1112210",
          "...1112210",
          "...1112210",
          "S..1112G10",
          "...1112210",
          "...1112210",
          "...1112210");
  private static final int[] WIND = {0, 0, 0, 1, 1, 1, 2, 2, 1, 0};
  private static final int[] DOWNWARD = {-1, 0, 1, 0, -1, 1, 1, -1, 0};
  private static final int[] RIGHTWARD = {0, 1, 0, -1, 1, 1, -1, -1, 0};
  private static final int GOAL = 37;

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          'S', new TileView.Tile('S', 231, 65, GridView.Cell.OPEN),
          '.', new TileView.Tile(' ', 231, 108, GridView.Cell.OPEN),
          '0', new TileView.Tile(' ', 231, 108, GridView.Cell.OPEN),
          '1', new TileView.Tile(' ', 231, 109, GridView.Cell.OPEN),
          '2', new TileView.Tile(' ', 231, 67, GridView.Cell.OPEN),
          'G', new TileView.Tile('G', 52, 220, GridView.Cell.GOAL));

  private final TileView view;
  private final WindyPicture picture;

  /** The field of {@code WindyGridworld-v1}. */
  public WindyGridworld(WindyGridworldOptions options) {
    this(options, new TextMap(MAP, "SG.012", "S start, G goal, 0 to 2 wind"));
  }

  private WindyGridworld(WindyGridworldOptions options, TextMap map) {
    super(
        EnvironmentSpec.of(
                "WindyGridworld-v1",
                new Discrete(map.size()),
                new Discrete(options.moves().count()))
            .withLegend(
                new Legend(
                    List.of("place: row * columns + column"),
                    List.of(
                            "up",
                            "right",
                            "down",
                            "left",
                            "up right",
                            "down right",
                            "down left",
                            "up left",
                            "none")
                        .subList(0, options.moves().count()),
                    "Each step costs 1 until the goal (G); the wind carries the walker up by the strength of its column.")),
        model(map, options),
        "windy-gridworld");
    this.view = new TileView(map, TILES, "↑→↓←↗↘↙↖·", this::state);
    this.picture = new WindyPicture(map, WIND);
  }

  private static FiniteModel model(TextMap map, WindyGridworldOptions options) {
    int actions = options.moves().count();
    FiniteModel.Builder model = FiniteModel.builder(map.size(), actions);
    for (int s = 0; s < map.size(); s++) {
      int wind = WIND[s % map.width()];
      for (int a = 0; a < actions; a++) {
        if (s == GOAL) {
          model.add(s, a, 1, s, 0, true);
        } else if (options.stochasticWind() && wind > 0) {
          for (int gust = wind - 1; gust <= wind + 1; gust++) {
            addMove(model, map, s, a, gust, 1.0 / 3);
          }
        } else {
          addMove(model, map, s, a, wind, 1);
        }
      }
      model.initial(s, map.at(s) == 'S' ? 1 : 0);
    }
    return model.build();
  }

  private static void addMove(
      FiniteModel.Builder model, TextMap map, int from, int action, int wind, double probability) {
    int to = map.neighbour(from, DOWNWARD[action] - wind, RIGHTWARD[action]);
    model.add(from, action, probability, to, -1, to == GOAL);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    TileView there = view.at(current);
    if (type == PictureView.class) {
      return Optional.of(type.cast(picture.of(current)));
    }
    if (type == TextView.class) {
      TextView text = colour -> there.text(colour) + windLine();
      return Optional.of(type.cast(text));
    }
    return type.isInstance(there) ? Optional.of(type.cast(there)) : Optional.empty();
  }

  private static String windLine() {
    StringBuilder line = new StringBuilder();
    for (int wind : WIND) {
      line.append(' ').append(wind).append(' ');
    }
    return line.append('\n').toString();
  }
}
