package org.bellmanrl.env.raycast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.state.State;
import org.bellmanrl.env.internal.RangeBatch;
import org.bellmanrl.env.internal.picture.Pixels;

/** Episodes of one task, a row each, and what is seen of them. A single one is a batch of one. */
final class RaycastBatch extends RangeBatch {
  /** Diagnostics: the player's health, shots left and monsters killed. */
  private static final String[] DIAGNOSTICS = {"health", "ammo", "kills"};

  /** What tells one task from another. */
  static final class Task {
    private final String name;
    private final int tics;
    private final Supplier<Game> game;
    private final String reward;
    private final int[] buttons;

    /**
     * A task.
     *
     * @param tics after how many an episode is cut
     * @param game makes its rules
     * @param reward how reward comes, for people
     * @param buttons one for each action but the first, which is none
     */
    Task(String name, int tics, Supplier<Game> game, String reward, int... buttons) {
      this.name = name;
      this.tics = tics;
      this.game = game;
      this.reward = reward;
      this.buttons = buttons;
    }
  }

  private final RaycastOptions options;
  private final int[] buttons;
  private final int size;
  private final Automap automap;
  private final Game[] games;

  // Per row, since different threads may draw different rows.
  private final Renderer[] renderers;
  private final byte[][] screens;

  RaycastBatch(Task task, RaycastOptions options, int rows) {
    super(spec(task, options, rows), rows);
    this.options = options;
    this.buttons = task.buttons;
    this.size = options.width() * options.height() * options.channels();
    this.games = new Game[rows];
    this.renderers = new Renderer[rows];
    this.screens = new byte[rows][];
    Lens lens = new Lens(options.width(), options.height());
    for (int row = 0; row < rows; row++) {
      games[row] = task.game.get();
      renderers[row] = new Renderer(lens, games[row].kind.length);
      screens[row] = new byte[options.rgb() ? options.width() * options.height() : 0];
    }
    this.automap = new Automap(games[0].grid, options.width(), options.height());
  }

  private static EnvironmentSpec spec(Task task, RaycastOptions options, int rows) {
    Pixels.requireRoom(
        "raycast/" + task.name, rows, options.height(), options.width(), options.channels());
    return EnvironmentSpec.of(
            "raycast/" + task.name + "-v1",
            Box.pixels(options.height(), options.width(), options.channels()),
            new Discrete(task.buttons.length + 1))
        .withMaxEpisodeSteps(Math.ceilDiv(task.tics, options.frameSkip()))
        .withDiagnostics(DIAGNOSTICS)
        .withLegend(new Legend(List.of("a picture"), buttons(task), task.reward));
  }

  private static List<String> buttons(Task task) {
    List<String> names = new ArrayList<>(List.of(Game.NAMES[Game.NO_BUTTON]));
    for (int button : task.buttons) {
      names.add(Game.NAMES[button]);
    }
    return names;
  }

  Game game(int row) {
    return games[row];
  }

  void reset(int row, RandomStream random, byte[] pixels, int at) {
    games[row].reset(random);
    draw(row, pixels, at);
  }

  /** Takes a step with an action of the action space; the reward. */
  double step(int row, int action, RandomStream random, byte[] pixels, int at) {
    int button = action == 0 ? Game.NO_BUTTON : buttons[action - 1];
    double reward = games[row].step(button, options.frameSkip(), random);
    draw(row, pixels, at);
    return reward;
  }

  private void draw(int row, byte[] pixels, int at) {
    Game game = games[row];
    Renderer renderer = renderers[row];
    int channels = options.channels();
    renderer.look(game);
    int next = at;
    if (options.rgb()) {
      byte[] screen = screens[row];
      renderer.colours(game, Palette.LIT, screen, 0, 1);
      for (int i = 0; i < screen.length; i++) {
        int colour = Palette.RGB[screen[i] & 0xFF];
        int pixel = at + i * channels;
        pixels[pixel] = (byte) (colour >> 16);
        pixels[pixel + 1] = (byte) (colour >> 8);
        pixels[pixel + 2] = (byte) colour;
      }
      next += 3;
    } else {
      renderer.colours(game, Palette.GREY_VALUES, pixels, next++, channels);
    }
    if (options.depth()) {
      renderer.distances(game, pixels, next++, channels);
    }
    if (options.automap()) {
      automap.draw(game, pixels, next, channels);
    }
  }

  @Override
  protected void reset(int row, RandomStream random, Observations observations) {
    reset(row, random, observations.values().bytes(), row * size);
  }

  @Override
  protected void step(int from, int to, Columns actions, RandomStreams random, Outcomes outcomes) {
    byte[] pixels = outcomes.observations().values().bytes();
    int[] chosen = actions.ints();
    for (int row = from; row < to; row++) {
      outcomes.reward()[row] = step(row, chosen[row], random.row(row), pixels, row * size);
      if (games[row].over()) {
        outcomes.terminated()[row] = true;
        outcomes.discount()[row] = 0;
      }
      int diagnostic = row * DIAGNOSTICS.length;
      outcomes.diagnostics()[diagnostic] = games[row].health;
      outcomes.diagnostics()[diagnostic + 1] = games[row].ammo;
      outcomes.diagnostics()[diagnostic + 2] = games[row].kills;
    }
  }

  @Override
  public <T> Optional<T> capability(int row, Class<T> type) {
    if (type == PictureView.class) {
      return Optional.of(type.cast(new Views.Picture(games[row])));
    }
    TextView text = colour -> Views.text(games[row], colour);
    return type == TextView.class ? Optional.of(type.cast(text)) : Optional.empty();
  }

  @Override
  public void carry(State state, int row) {
    games[row].carry(state);
  }
}
