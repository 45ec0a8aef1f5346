package org.bellmanrl.env.textbook;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Action;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observation;
import org.bellmanrl.api.Outcome;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.Stateful;
import org.bellmanrl.env.internal.grid.TileView;

/**
 * A maze whose wall changes while one learns, so that a model of it turns wrong.
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, examples 8.2 (blocking maze, figure 8.4) and 8.3
 * (shortcut maze, figure 8.5). 6 rows of 9 places with a wall along row 3, from the start at the
 * bottom (row 5, column 3) to the goal at the top right. {@link #blocking} opens the wall on the
 * right and, later, on the left instead: the shortest way takes 10 steps, then 16. {@link
 * #shortcut} opens it on the left and, later, on the right as well: 16 steps, then 10.
 *
 * <p>Observations, actions and rewards are those of {@link DynaMaze}. The steps are counted over
 * all episodes since this object was made; the change comes with the step after the last of them,
 * in the middle of an episode too, and a reset doesn't undo it. The count is part of what is saved.
 * Since the dynamics depend on it there is no exact model but one for each of the two times. Draws
 * no random numbers. Can show a grid and text.
 */
public final class ChangingMaze implements Environment, Stateful {
  private static final String LEFT_OPEN = ".########";
  private static final String RIGHT_OPEN = "########.";
  private static final String BOTH_OPEN = ".#######.";

  private final EnvironmentSpec spec;
  private final long changeAfter;
  private final Walls before;
  private final Walls after;
  private final int start;

  private int place;
  private long steps;

  private ChangingMaze(String name, ChangingMazeOptions options, String before, String after) {
    this.before = walls(before);
    this.after = walls(after);
    this.spec =
        EnvironmentSpec.of(name, new Discrete(this.before.places()), new Discrete(Walls.ACTIONS))
            .withMaxEpisodeSteps(options.maxEpisodeSteps())
            .withLegend(
                new Legend(
                    List.of("place: row * columns + column"),
                    Walls.NAMES,
                    "The goal (G) pays 1 and ends the episode; walls hold, and after a while they change."));
    this.changeAfter = options.changeAfter();
    this.start = this.before.start();
    this.place = start;
  }

  /** The maze of {@code BlockingMaze-v1}: the way is closed, and another opened. */
  public static ChangingMaze blocking(ChangingMazeOptions options) {
    return new ChangingMaze("BlockingMaze-v1", options, RIGHT_OPEN, LEFT_OPEN);
  }

  /** The maze of {@code ShortcutMaze-v1}: a shorter way is opened. */
  public static ChangingMaze shortcut(ChangingMazeOptions options) {
    return new ChangingMaze("ShortcutMaze-v1", options, LEFT_OPEN, BOTH_OPEN);
  }

  private static Walls walls(String third) {
    return new Walls(
        List.of("........G", ".........", ".........", third, ".........", "...S....."));
  }

  /** The exact model up to the change. */
  public FiniteModel modelBefore() {
    return before.model();
  }

  /** The exact model from the change on. */
  public FiniteModel modelAfter() {
    return after.model();
  }

  /** Whether the wall has changed: what the next step meets. */
  public boolean changed() {
    return steps >= changeAfter;
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public void reset(RandomStream random, Observation observation) {
    place = start;
    observation.setDiscrete(place);
  }

  @Override
  public void step(Action action, RandomStream random, Outcome outcome) {
    FiniteModel model = (changed() ? after : before).model();
    int next = model.from(place, action.discrete());
    steps++;
    place = model.next(next);
    outcome.reward(model.reward(next));
    if (model.terminated(next)) {
      outcome.terminate();
    }
    outcome.observation().setDiscrete(place);
  }

  @Override
  public <T> Optional<T> capability(Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(new Picture()));
    }
    View view = new View();
    return type.isInstance(view)
        ? Optional.of(type.cast(view))
        : Environment.super.capability(type);
  }

  /** The maze of the moment. */
  private final class Picture implements PictureView {
    private final PictureView first = before.picture(() -> place);
    private final PictureView second = after.picture(() -> place);

    @Override
    public double aspect() {
      return first.aspect();
    }

    @Override
    public void draw(int[] argb, int width, int height) {
      (changed() ? second : first).draw(argb, width, height);
    }
  }

  /** The grid of the moment. */
  private final class View implements GridView, TextView {
    private final TileView first = before.view(() -> place);
    private final TileView second = after.view(() -> place);

    private TileView now() {
      return changed() ? second : first;
    }

    @Override
    public int height() {
      return first.height();
    }

    @Override
    public int width() {
      return first.width();
    }

    @Override
    public int state(int layer, int row, int column) {
      return now().state(layer, row, column);
    }

    @Override
    public char tile(int layer, int row, int column) {
      return now().tile(layer, row, column);
    }

    @Override
    public boolean terminal(int layer, int row, int column) {
      return now().terminal(layer, row, column);
    }

    @Override
    public Cell cell(int layer, int row, int column) {
      return now().cell(layer, row, column);
    }

    @Override
    public char glyph(int action) {
      return first.glyph(action);
    }

    @Override
    public String text(boolean colour) {
      return now().text(colour);
    }
  }

  @Override
  public void carry(State state) {
    state.begin("changing-maze", 1);
    place = state.carryIndex("place", place, before.places());
    steps = state.carry("steps", steps);
    state.end();
    if (steps < 0) {
      throw new StateException("steps must be at least 0, was " + steps);
    }
  }
}
