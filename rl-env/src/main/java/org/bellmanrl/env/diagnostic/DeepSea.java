package org.bellmanrl.env.diagnostic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.grid.TextMap;
import org.bellmanrl.env.internal.grid.TilePicture;
import org.bellmanrl.env.internal.grid.TileView;
import org.bellmanrl.env.internal.picture.Canvas;
import org.bellmanrl.env.internal.picture.Ink;

/**
 * A diver sinks through a sea of {@code size} rows, one row per step, and reaches the treasure only
 * by going to the right every time: a test of exploration.
 *
 * <p>The observation is the place, {@code row * size + column}, Discrete(size²). Of the two actions
 * one leads down and to the right and costs 0.01 / size, the other down and to the left for
 * nothing; which is which is drawn for each place from {@code mapping_seed}. An episode begins at
 * the top left and takes {@code size} steps; going to the right in the last row from the last
 * column pays 1. The best return is 0.99. Random actions find the treasure once in 2^size episodes,
 * and what they pay before teaches to go to the left. Draws one random number per reset and per
 * step. Can show its exact model, a grid and a picture.
 *
 * <p>Source: Osband et al., <i>Behaviour Suite for Reinforcement Learning</i>, 2020, section A.6,
 * the deterministic sea.
 */
public final class DeepSea extends TableTask {
  private static final double MOVE_COST = 0.01;

  private static final Map<Character, TileView.Tile> TILES =
      Map.of(
          'S', new TileView.Tile('S', 231, 75, GridView.Cell.OPEN),
          '.', new TileView.Tile(' ', 231, 32, GridView.Cell.OPEN),
          'T', new TileView.Tile('T', 52, 220, GridView.Cell.OPEN));

  private final TileView view;
  private final SeaPicture picture;

  /** The sea of {@code DeepSea-v1}. */
  public DeepSea(DeepSeaOptions options) {
    super(spec(options), model(options), "deep-sea");
    TextMap map = map(options.size());
    this.view = new TileView(map, TILES, "01", this::state);
    this.picture = new SeaPicture(map);
  }

  private static EnvironmentSpec spec(DeepSeaOptions options) {
    int size = options.size();
    return EnvironmentSpec.of("DeepSea-v1", new Discrete(size * size), new Discrete(2))
        .withLegend(
            new Legend(
                List.of("place: row * size + column"),
                List.of("one of the two ways", "the other way"),
                "The treasure (T) at the bottom right pays 1; each step to the right costs 0.01 /"
                    + " size. Which action leads to the right differs from place to place."));
  }

  private static FiniteModel model(DeepSeaOptions options) {
    int size = options.size();
    FiniteModel.Builder model = FiniteModel.builder(size * size, 2).initial(0, 1);
    RandomStream mapping = RandomStream.ofSeed(options.mappingSeed());
    for (int s = 0; s < size * size; s++) {
      int row = s / size;
      int column = s % size;
      int right = mapping.integers(2);
      boolean last = row == size - 1;
      double treasure = last && column == size - 1 ? 1 : 0;
      int below = last ? s : (row + 1) * size + Math.min(column + 1, size - 1);
      model.add(s, right, 1, below, treasure - MOVE_COST / size, last);
      model.add(s, 1 - right, 1, last ? s : (row + 1) * size + Math.max(column - 1, 0), 0, last);
    }
    return model.build();
  }

  private static TextMap map(int size) {
    char[] cells = ".".repeat(size * size).toCharArray();
    cells[0] = 'S';
    cells[size * size - 1] = 'T';
    return TextMap.view(cells, size);
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    return view.shown(type, current, picture);
  }

  /** Water that gets darker towards the bottom, a chest, and a diver. */
  private static final class SeaPicture extends TilePicture {
    private final TextMap map;

    SeaPicture(TextMap map) {
      super(map, Ink.NAVY);
      this.map = map;
    }

    @Override
    public void tile(Canvas canvas, int place) {
      int row = place / map.width();
      double depth = (double) row / map.height();
      canvas.box(-0.5, -0.5, 101, 101, 0, mixed(0x7FC4E8, 0x174A7A, depth));
      if (place % 4 == 1) {
        canvas.disc(
            30 + place * 17 % 40, 30 + place * 23 % 40, 4, mixed(0xB7E0F4, 0x2D6699, depth));
      }
      if (map.at(place) == 'T') {
        canvas.box(20, 46, 60, 36, 6, Ink.BRICK);
        canvas.box(20, 38, 60, 18, 8, Ink.AMBER);
        canvas.disc(50, 58, 7, Ink.GOLD);
      }
    }

    private static int mixed(int top, int bottom, double share) {
      int mixed = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int from = (top >> shift) & 255;
        int to = (bottom >> shift) & 255;
        mixed |= (int) Math.round(from + share * (to - from)) << shift;
      }
      return mixed;
    }

    @Override
    public void agent(Canvas canvas, int place) {
      canvas.box(36, 36, 28, 36, 12, Ink.CORAL);
      canvas.disc(50, 26, 18, Ink.AMBER);
      canvas.disc(50, 26, 11, 0xD8F1FB);
      canvas.line(42, 70, 36, 90, 9, Ink.NIGHT).line(58, 70, 64, 90, 9, Ink.NIGHT);
    }
  }
}
