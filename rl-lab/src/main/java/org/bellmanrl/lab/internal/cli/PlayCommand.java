package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.random.Streams.Role;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.render.PictureView;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.record.Recording;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl play RUN}: shows the learned policy at work, or one that is there without. */
final class PlayCommand implements Command {
  private static final int MAX_STEPS = 10_000;
  private static final double GRID_FPS = 4;
  private static final int DEFAULT_SIZE = 320;
  private static final double MOST_WIDTH = 8192;
  private static final int LEAST_SIZE = 16;
  private static final int MOST_SIZE = 2000;
  private static final double MAX_FPS = 1000;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  PlayCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(
            PlayCommand.class,
            "play",
            "Show the learned policy of a run as it acts, in the terminal or in a recording.");
    return ReadyPolicy.addTo(spec)
        .addOption(
            Command.option(
                "--fps",
                "F",
                Double.class,
                "Frames per second (default: 4 for grids and in the terminal, otherwise the"
                    + " task's own rate)."))
        .addOption(
            Command.option("--episodes", "N", Integer.class, "Number of episodes (default: 1)."))
        .addOption(
            Command.option("--seed", "S", Long.class, "The seed of the first reset (default: 0)."))
        .addOption(
            Command.option(
                "--record",
                "FILE",
                String.class,
                "Record the episodes in FILE.gif or FILE.mp4, or up to twelve moments of them"
                    + " in FILE.png."))
        .addOption(
            Command.option(
                "--size", "N", Integer.class, "Height of the recording in pixels (default: 320)."));
  }

  @Override
  public int run(ParseResult arguments) {
    double fps = arguments.matchedOptionValue("--fps", GRID_FPS);
    int episodes = arguments.matchedOptionValue("--episodes", 1);
    long seed = arguments.matchedOptionValue("--seed", 0L);
    if (!(fps > 0 && fps <= MAX_FPS)) {
      throw new UserError("--fps must be above 0 and at most 1000, was " + fps);
    }
    if (episodes < 1) {
      throw new UserError("--episodes must be at least 1, was " + episodes);
    }
    if (seed < 0) {
      throw new UserError("--seed must be at least 0, was " + seed);
    }
    String record = arguments.matchedOptionValue("--record", "");
    int size = arguments.matchedOptionValue("--size", DEFAULT_SIZE);
    if (record.isEmpty() && arguments.hasMatchedOption("--size")) {
      throw new UserError("--size is the size of a recording: say --record FILE too");
    }
    if (size < LEAST_SIZE || size > MOST_SIZE) {
      throw new UserError(
          "--size must be from %d to %d, was %d".formatted(LEAST_SIZE, MOST_SIZE, size));
    }
    if (!record.isEmpty()) {
      Recording.check(Path.of(record));
      if (!Recording.isFilm(Path.of(record))) {
        Command.refuse(arguments, List.of("--fps"), "is for films, and " + record + " is none");
      }
    }
    String id;
    VectorEnvironment environment;
    Policy policy;
    Optional<ReadyPolicy> ready = ReadyPolicy.of(arguments);
    if (ready.isPresent()) {
      id = ready.get().task();
      environment = ready.get().environment(assembler);
      policy = ready.get().policy(assembler, environment);
    } else {
      String name = arguments.matchedPositionalValue(0, "");
      StoredRun run = StoredRun.open(RunArguments.one(name, assembler, terminal));
      id = run.experiment().environment().id();
      environment = assembler.judged(run.experiment());
      policy = assembler.restored(run, environment).policy();
    }
    try (Simulation simulation = new Simulation(environment)) {
      if (record.isEmpty()) {
        TextView view =
            environment
                .capability(0, TextView.class)
                .orElseThrow(() ->
                    new UserError(id + " can't be shown as text; ./rl eval evaluates the policy"));
        return play(simulation, policy, episodes, seed, new OnTerminal(view, id, episodes, fps));
      }
      PictureView picture =
          environment
              .capability(0, PictureView.class)
              .orElseThrow(
                  () -> new UserError(id + " can't draw itself, so there is nothing to record"));
      boolean grid = environment.capability(0, GridView.class).isPresent();
      double pace = grid || arguments.hasMatchedOption("--fps") ? fps : picture.stepsPerSecond();
      try (Recording recording = recording(Path.of(record), size, picture.aspect(), pace)) {
        OnFile screen = new OnFile(picture, recording, pace, new StatusLine(terminal));
        int status = play(simulation, policy, episodes, seed, screen);
        long bytes = recording.finish();
        terminal.line(
            "%s: %d pictures of %d by %d, %s kB"
                .formatted(
                    record,
                    recording.frames(),
                    recording.width(),
                    recording.height(),
                    Numbers.grouped(Math.max(1, bytes / 1000))));
        return status;
      }
    }
  }

  /** As high as asked for, or lower where it would be wider than any film. */
  private static Recording recording(Path file, int size, double aspect, double pace) {
    double height = Math.min(size, MOST_WIDTH / aspect);
    return Recording.open(file, even(height * aspect), even(height), pace);
  }

  /** Films need sizes that are even. */
  private static int even(double size) {
    return Math.max(2, 2 * (int) Math.round(size / 2));
  }

  private int play(Simulation simulation, Policy policy, int episodes, long seed, Screen screen) {
    for (int episode = 1; episode <= episodes; episode++) {
      if (episode == 1) {
        simulation.reset(seed);
      } else {
        simulation.reset();
      }
      if (!play(simulation, policy, screen, episode)) {
        return INTERRUPTED;
      }
    }
    return OK;
  }

  /** Whether it was played to the end. */
  private boolean play(Simulation simulation, Policy policy, Screen screen, int episode) {
    Rows rows = Rows.all(1);
    Actor actor = policy.actor(1, Streams.of(0).rows(Role.EVALUATION_POLICY, 1));
    Actions actions = new Actions(simulation.spec().actionSpace(), policy.extras(), 1);
    actor.begin(rows);
    screen.show(simulation, episode, false);
    while (!simulation.ended() && simulation.length() < MAX_STEPS) {
      if (!screen.pause()) {
        return false;
      }
      actor.act(rows, simulation.observations(), actions);
      simulation.actions().copyRow(actions.values(), 0, 0);
      simulation.stepWritten();
      screen.show(simulation, episode, simulation.ended() || simulation.length() == MAX_STEPS);
    }
    terminal.line(
        "return "
            + Numbers.exact(simulation.episodeReturn())
            + " in "
            + simulation.length()
            + " steps"
            + (simulation.terminated() ? "" : ", cut off"));
    terminal.flush();
    return true;
  }

  /** Shows an episode. */
  private interface Screen {
    /** Shows the present situation, the last one of its episode or not. */
    void show(Simulation simulation, int episode, boolean last);

    /** Lets some time go by between two situations; false if interrupted. */
    default boolean pause() {
      return true;
    }
  }

  private final class OnTerminal implements Screen {
    private final TextView view;
    private final String name;
    private final int episodes;
    private final double fps;
    private int drawn;

    OnTerminal(TextView view, String name, int episodes, double fps) {
      this.view = view;
      this.name = name;
      this.episodes = episodes;
      this.fps = fps;
    }

    @Override
    public void show(Simulation simulation, int episode, boolean last) {
      if (terminal.interactive() && drawn > 0) {
        // Up so many lines, and all from there on cleared.
        terminal.out().print("\u001b[%dF\u001b[J".formatted(drawn));
      }
      String text = view.text(terminal.colour());
      drawn = last ? 0 : 2 + (int) text.chars().filter(c -> c == '\n').count();
      String title =
          "%s, episode %d/%d, step %d, return %s"
              .formatted(
                  name,
                  episode,
                  episodes,
                  simulation.length(),
                  Numbers.exact(simulation.episodeReturn()));
      // A title that the terminal breaks would be a line more to go up.
      boolean fits = !terminal.interactive() || title.length() <= terminal.width();
      terminal.line(fits ? title : title.substring(0, terminal.width()));
      terminal.out().print(text);
      terminal.line("");
      terminal.flush();
    }

    @Override
    public boolean pause() {
      if (!terminal.interactive()) {
        return true;
      }
      try {
        Thread.sleep((long) (1000 / fps));
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private static final class OnFile implements Screen {
    private static final double PATIENCE = 2;

    private final PictureView view;
    private final Recording recording;
    private final double fps;
    private final StatusLine line;
    private final long start = System.nanoTime();

    OnFile(PictureView view, Recording recording, double fps, StatusLine line) {
      this.view = view;
      this.recording = recording;
      this.fps = fps;
      this.line = line;
    }

    @Override
    public void show(Simulation simulation, int episode, boolean last) {
      double seconds = (System.nanoTime() - start) / 1e9;
      if (seconds > PATIENCE && line.due(seconds)) {
        line.show(
            "drawing: %s, %s"
                .formatted(Numbers.count(recording.frames(), "picture"), Numbers.duration(seconds)),
            seconds);
      }
      if (last) {
        line.clear();
      }
      view.draw(recording.argb(), recording.width(), recording.height());
      // The end is shown for a second.
      recording.add(last ? (int) Math.max(1, Math.round(fps)) : 1);
    }
  }
}
