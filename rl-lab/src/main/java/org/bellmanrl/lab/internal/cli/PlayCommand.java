package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Simulation;
import org.bellmanrl.api.random.Role;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.render.TextView;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl play RUN}: shows the learned policy at work. */
final class PlayCommand implements Command {
  private static final int MAX_STEPS = 10_000;
  private static final double MAX_FPS = 1000;
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  PlayCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(PlayCommand.class, "play", "Watch the learned policy of a run at work.")
        .addPositional(Command.argument(0, "RUN", "The run folder."))
        .addOption(
            Command.option("--fps", "F", Double.class, "Steps shown a second in a terminal; 4."))
        .addOption(Command.option("--episodes", "N", Integer.class, "How many episodes; 1."))
        .addOption(
            Command.option(
                "--seed", "S", Long.class, "The seed of the first episode (of reset); 0."));
  }

  @Override
  public int run(ParseResult arguments) {
    double fps = arguments.matchedOptionValue("--fps", 4.0);
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
    RunFolder.Opened run = RunFolder.open(Path.of(arguments.matchedPositionalValue(0, "")));
    Experiment experiment = run.experiment();
    VectorEnvironment environment = assembler.judged(experiment);
    TextView view = environment.capability(0, TextView.class).orElse(null);
    if (view == null) {
      environment.close();
      throw new UserError(
          experiment.environment().id() + " can't be shown as text; rl eval judges the policy");
    }
    Policy policy = assembler.restored(run, environment).policy();
    try (Simulation simulation = new Simulation(environment)) {
      for (int episode = 1; episode <= episodes; episode++) {
        if (episode == 1) {
          simulation.reset(seed);
        } else {
          simulation.reset();
        }
        String title = experiment.environment().id() + ", episode " + episode + "/" + episodes;
        if (!play(simulation, policy, view, title, fps)) {
          return INTERRUPTED;
        }
      }
    }
    return OK;
  }

  /** Whether it was played to the end. */
  private boolean play(
      Simulation simulation, Policy policy, TextView view, String title, double fps) {
    Rows rows = Rows.all(1);
    Actor actor = policy.actor(1, Streams.of(0).rows(Role.EVALUATION_POLICY, 1));
    Actions actions = new Actions(simulation.spec().actionSpace(), policy.extras(), 1);
    actor.begin(rows);
    frame(simulation, view, title);
    while (!simulation.ended() && simulation.length() < MAX_STEPS) {
      if (terminal.interactive() && !pause(fps)) {
        return false;
      }
      actor.act(rows, simulation.observations(), actions);
      simulation.actions().copyRow(actions.values(), 0, 0);
      simulation.stepWritten();
      frame(simulation, view, title);
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

  private void frame(Simulation simulation, TextView view, String title) {
    if (terminal.interactive()) {
      terminal.out().print(HOME_AND_CLEAR);
    }
    terminal.line(
        title
            + ", step "
            + simulation.length()
            + ", return "
            + Numbers.exact(simulation.episodeReturn()));
    terminal.out().print(view.text(terminal.colour()));
    terminal.line("");
    terminal.flush();
  }

  private static boolean pause(double fps) {
    try {
      Thread.sleep((long) (1000 / fps));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
