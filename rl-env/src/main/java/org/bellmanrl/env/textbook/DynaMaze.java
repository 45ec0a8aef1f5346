package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.env.TableTask;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * The maze that planning is shown on: 6 rows of 9 places, some of them walls.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, example 8.1 and figure 8.2. The observation is the
 * place, {@code row * 9 + column}; the actions are 0 up, 1 right, 2 down and 3 left. Each move is
 * certain; one against a wall or the edge stays where it is. The goal, at the top right, pays 1 and
 * ends the episode, all else pays 0. The shortest way takes 14 steps, so that with γ = 0.95 the
 * start is worth 0.95<sup>13</sup> = 0.513.
 *
 * <p>Draws one random number per reset and per step. Can show its exact model, a grid and text.
 */
public final class DynaMaze extends TableTask {
  private static final List<String> MAP =
      List.of(".......#G", "..#....#.", "S.#....#.", "..#......", ".....#...", ".........");

  private final Walls walls;

  /** The maze of {@code DynaMaze-v1}. */
  public DynaMaze(DynaMazeOptions options) {
    this(options, new Walls(MAP));
  }

  private DynaMaze(DynaMazeOptions options, Walls walls) {
    super(
        EnvironmentSpec.of("DynaMaze-v1", new Discrete(walls.places()), new Discrete(Walls.ACTIONS))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("place: row * columns + column"),
                    Walls.NAMES,
                    "The goal (G) pays 1 and ends the episode; walls hold.")),
        walls.model(),
        "dyna-maze");
    this.walls = walls;
  }

  @Override
  protected <T> Optional<T> shown(Class<T> type, IntSupplier current) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(walls.picture(current)));
    }
    TileView view = walls.view(current);
    return type.isInstance(view) ? Optional.of(type.cast(view)) : Optional.empty();
  }
}
