package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.env.internal.grid.MazePicture;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TileView;

/** A maze with one start S, walls # and one goal G, which pays 1. Immutable. */
final class Walls {
  /** 0 up, 1 right, 2 down and 3 left. */
  static final int ACTIONS = 4;

  /** What the actions are called. */
  static final List<String> NAMES = List.of("up", "right", "down", "left");

  private static final int[] DOWNWARD = {-1, 0, 1, 0};
  private static final int[] RIGHTWARD = {0, 1, 0, -1};

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          '#', new TileView.Tile('#', 240, 240, GridView.Cell.WALL),
          '.', new TileView.Tile(' ', 94, 230, GridView.Cell.OPEN),
          'S', new TileView.Tile('S', 24, 194, GridView.Cell.OPEN),
          'C', new TileView.Tile('G', 52, 220, GridView.Cell.GOAL));

  private final TextMap map;
  private final FiniteModel model;
  private final MazePicture picture;

  Walls(List<String> rows) {
    // The goal is the picture's cheese.
    this.map =
        new TextMap(
            rows.stream().map(row -> row.replace('G', 'C')).toList(), "#.SC", "# wall, S, G");
    this.model = build();
    this.picture = new MazePicture(map);
  }

  private FiniteModel build() {
    FiniteModel.Builder builder = FiniteModel.builder(map.size(), ACTIONS);
    for (int s = 0; s < map.size(); s++) {
      builder.initial(s, map.at(s) == 'S' ? 1 : 0);
      for (int a = 0; a < ACTIONS; a++) {
        if (map.at(s) == 'C') {
          builder.add(s, a, 1, s, 0, true);
        } else {
          // From a place of the wall too, as the wall can move to where the agent is.
          int ahead = map.neighbour(s, DOWNWARD[a], RIGHTWARD[a]);
          int to = map.at(ahead) == '#' ? s : ahead;
          boolean goal = map.at(to) == 'C';
          builder.add(s, a, 1, to, goal ? 1 : 0, goal);
        }
      }
    }
    return builder.build();
  }

  /** Number of places, walls included. */
  int places() {
    return map.size();
  }

  /** The first place that is a start. */
  int start() {
    int place = 0;
    while (map.at(place) != 'S') {
      place++;
    }
    return place;
  }

  FiniteModel model() {
    return model;
  }

  PictureView picture(IntSupplier place) {
    return picture.of(place);
  }

  /** A grid and a text with the agent at a place. */
  TileView view(IntSupplier place) {
    return new TileView(map, TILES, "↑→↓←", place);
  }
}
