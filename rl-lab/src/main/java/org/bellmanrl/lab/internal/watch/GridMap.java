package org.bellmanrl.lab.internal.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.lab.internal.view.StateTable;
import org.bellmanrl.results.document.Json;
import org.jspecify.annotations.Nullable;

/**
 * A grid world as the page draws it: the grid once, and what is known of its states ever again.
 *
 * <p>Safe for any thread: of the environment only a copy, taken at the beginning, is looked at.
 */
final class GridMap {
  private final EnvironmentSpec spec;
  private final int height;
  private final int width;
  private final int[][] state;
  private final boolean[][] terminal;
  private final String shape;
  private final Supplier<ValueFunction> first;
  private long shown = -1;
  private @Nullable StateTable table;

  private GridMap(EnvironmentSpec spec, GridView grid, Supplier<ValueFunction> first) {
    this.spec = spec;
    this.height = grid.height();
    this.width = grid.width();
    this.first = first;
    int cells = height * width;
    this.state = new int[grid.layers()][cells];
    this.terminal = new boolean[grid.layers()][cells];
    List<Object> layers = new ArrayList<>();
    for (int layer = 0; layer < grid.layers(); layer++) {
      StringBuilder tiles = new StringBuilder();
      StringBuilder kinds = new StringBuilder();
      List<Integer> walls = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        int row = cell / width;
        int column = cell % width;
        state[layer][cell] = grid.state(layer, row, column);
        terminal[layer][cell] = grid.terminal(layer, row, column);
        tiles.append(grid.tile(layer, row, column));
        kinds.append(letter(grid.cell(layer, row, column)));
        if (grid.wallToTheRight(layer, row, column)) {
          walls.add(cell);
        }
      }
      layers.add(
          Map.of(
              "name", grid.layer(layer),
              "tiles", tiles.toString(),
              "kinds", kinds.toString(),
              "walls", walls,
              "state", Arrays.stream(state[layer]).boxed().toList()));
    }
    StringBuilder glyphs = new StringBuilder();
    if (spec.actionSpace() instanceof Discrete discrete) {
      for (int a = 0; a < discrete.n(); a++) {
        glyphs.append(grid.glyph(a));
      }
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("height", height);
    entries.put("width", width);
    entries.put("glyphs", glyphs.toString());
    entries.put("layers", layers);
    this.shape = Json.text(entries);
  }

  /**
   * The grid of an environment, if it has one.
   *
   * @param first gives the learner's values before it learned anything
   */
  static Optional<GridMap> of(VectorEnvironment environment, Supplier<ValueFunction> first) {
    return environment
        .capability(0, GridView.class)
        .map(grid -> new GridMap(environment.spec(), grid, first));
  }

  private static char letter(GridView.Cell cell) {
    return switch (cell) {
      case OPEN -> 'O';
      case GOAL -> 'G';
      case TRAP -> 'T';
      case HAZARD -> 'H';
      case WALL -> 'W';
    };
  }

  int layers() {
    return state.length;
  }

  /** Number of places, those without a state included. */
  int places() {
    return layers() * height * width;
  }

  /** What never changes, as JSON. */
  String shape() {
    return shape;
  }

  /** What is known of a layer's states, as JSON; empty if the learner has no values for them. */
  Optional<String> values(Snapshot snapshot, int layer) {
    StateTable known = table(snapshot);
    if (known == null) {
      return Optional.empty();
    }
    List<@Nullable Object> value = new ArrayList<>();
    List<@Nullable Object> action = new ArrayList<>();
    List<@Nullable Object> q = new ArrayList<>();
    int actions = known.width() > 1 ? known.width() : 0;
    for (int cell = 0; cell < height * width; cell++) {
      int at = state[layer][cell];
      boolean decides = at >= 0 && !terminal[layer][cell];
      value.add(decides ? Curve.number(known.value(at)) : null);
      action.add(decides ? known.action(at) : -1);
      for (int a = 0; a < actions; a++) {
        q.add(decides ? Curve.number(known.value(at, a)) : null);
      }
    }
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("step", snapshot.step());
    entries.put("layer", layer);
    entries.put("actions", actions);
    entries.put("v", value);
    entries.put("best", action);
    entries.put("q", q);
    return Optional.of(Json.text(entries));
  }

  private synchronized @Nullable StateTable table(Snapshot snapshot) {
    if (snapshot.step() != shown) {
      ValueFunction values = snapshot.values();
      table = values == null ? null : StateTable.ofValues(spec, values, first).orElse(null);
      shown = snapshot.step();
    }
    return table;
  }
}
