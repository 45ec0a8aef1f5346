package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluator;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.StopReason;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Request;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.TimingTable;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl train LEARNER ENV}: learns, judges what was learned, and keeps it in a run folder. */
final class TrainCommand implements Command {
  private static final Path RUNS = Path.of("runs");

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  TrainCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return Command.spec(
            TrainCommand.class,
            "train",
            "Train a learner on an environment and keep the result in a run folder.")
        .addPositional(Command.argument(0, "LEARNER", "Which learner; rl learners lists them."))
        .addPositional(Command.argument(1, "ENV", "Which environment; rl envs lists them."))
        .addOption(settings("--set", "Set an option of the learner."))
        .addOption(settings("--env", "Set an option of the environment."))
        .addOption(
            OptionSpec.builder("--wrap")
                .paramLabel("ID[:NAME=VALUE,…]")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                    "Put a wrapper around the environment; repeat it to put more around, the"
                        + " innermost first. Takes the place of a preset's; 'none' for no wrapper."
                        + " rl wrappers lists them.")
                .build())
        .addOption(
            Command.option("--envs", "N", Integer.class, "Step so many environments together; 1."))
        .addOption(Command.option("--episodes", "N", Long.class, "Train for so many episodes."))
        .addOption(Command.option("--steps", "N", Long.class, "Train for so many steps."))
        .addOption(
            Command.option(
                "--seed", "S", Long.class, "The seed that everything random comes from; 0."))
        .addOption(
            Command.option(
                "--out", "DIR", Path.class, "The run folder, new or empty; else one in runs/."))
        .addOption(Command.flag("--quiet", "Print the result only."));
  }

  private static OptionSpec settings(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("NAME=VALUE")
        .type(Map.class)
        .auxiliaryTypes(String.class, String.class)
        .arity("1")
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult arguments) {
    long seed = arguments.matchedOptionValue("--seed", 0L);
    if (seed < 0) {
      throw new UserError("--seed must be at least 0, was " + seed);
    }
    Request request =
        new Request(
            arguments.matchedPositionalValue(0, ""),
            arguments.matchedPositionalValue(1, ""),
            arguments.matchedOptionValue("--set", Map.of()),
            arguments.matchedOptionValue("--env", Map.of()),
            rows(arguments),
            wrappers(arguments),
            budget(arguments),
            seed);
    boolean quiet = arguments.hasMatchedOption("--quiet");
    Experiment experiment = assembler.resolve(request);
    MetricsTable metrics = new MetricsTable();
    TimingTable timing = new TimingTable();
    ProgressLine line = new ProgressLine(terminal, experiment.budget());
    RunMonitor monitor =
        new RunMonitor(metrics, timing, quiet ? (progress, heard, seconds) -> {} : line);
    try (VectorEnvironment environment = assembler.environment(experiment);
        Trainer trainer = assembler.trainer(experiment, environment, monitor)) {
      Path out = arguments.matchedOptionValue("--out", (Path) null);
      RunFolder folder =
          out == null ? RunFolder.createNumbered(RUNS, name(experiment)) : RunFolder.create(out);
      if (!quiet) {
        terminal.line(Report.experiment(experiment, terminal.width()));
        terminal.flush();
      }
      try (Interruption _ = new Interruption(trainer)) {
        StopReason reason = trained(trainer, folder, experiment);
        double seconds = monitor.seconds();
        line.clear();
        RunProgress progress = trainer.progress();
        boolean interrupted = reason == StopReason.REQUEST;
        folder.save(trainer.learner(), environment, metrics, timing);
        folder.finish(new Summary(interrupted, progress.episodes(), progress.steps(), null));
        if (interrupted) {
          terminal.line(
              "interrupted after "
                  + Numbers.grouped(progress.episodes())
                  + " episodes; what was learned is in "
                  + folder.path());
          terminal.flush();
          return INTERRUPTED;
        }
        if (!quiet) {
          terminal.line(
              "trained "
                  + Numbers.grouped(progress.episodes())
                  + " episodes, "
                  + Numbers.grouped(progress.steps())
                  + " steps in "
                  + Numbers.duration(seconds)
                  + " ("
                  + Numbers.rate(progress.steps() / seconds)
                  + " steps/s)");
          terminal.flush();
        }
      }
      Judgement judgement = judge(experiment, environment, trainer.learner());
      RunProgress progress = trainer.progress();
      folder.finish(new Summary(false, progress.episodes(), progress.steps(), judgement));
      tell(experiment, environment, trainer.learner(), judgement, folder.path(), quiet);
      return OK;
    }
  }

  private static StopReason trained(Trainer trainer, RunFolder folder, Experiment experiment) {
    try {
      folder.begin(experiment, Versions.all());
      return trainer.run();
    } catch (RuntimeException | Error e) {
      folder.discard();
      throw e;
    }
  }

  private Judgement judge(Experiment experiment, VectorEnvironment trained, Learner learner) {
    try (VectorEnvironment environment = assembler.judged(experiment, trained)) {
      return Judgement.of(
          Evaluator.evaluate(environment, learner.policy(), experiment.evaluation()));
    }
  }

  private void tell(
      Experiment experiment,
      VectorEnvironment environment,
      Learner learner,
      Judgement judgement,
      Path folder,
      boolean quiet) {
    if (quiet) {
      terminal.line(
          experiment.learner().id()
              + " on "
              + experiment.environment().id()
              + ", seed "
              + experiment.seed()
              + ": "
              + judgement.line()
              + "; "
              + folder);
      return;
    }
    Report.grids(
            environment,
            learner,
            () -> assembler.beginner(experiment, environment),
            terminal,
            List.of())
        .ifPresent(text -> terminal.out().print("\n" + text + "\n"));
    terminal.line("greedy policy: " + judgement.line());
    terminal.line("saved in " + folder);
    terminal.line("");
    terminal.line("next:  ./rl play " + folder);
    terminal.line("       ./rl eval " + folder + " --episodes 1000");
    terminal.line("       ./rl show " + folder);
  }

  private static @Nullable List<Experiment.Part> wrappers(ParseResult arguments) {
    List<String> texts = arguments.matchedOptionValue("--wrap", List.of());
    return texts.isEmpty() ? null : Wrapping.parse(texts);
  }

  private static OptionalInt rows(ParseResult arguments) {
    Integer rows = arguments.matchedOptionValue("--envs", (Integer) null);
    if (rows == null) {
      return OptionalInt.empty();
    }
    if (rows < 1 || rows > Experiment.MAX_ROWS) {
      throw new UserError("--envs must be in [1, %d], was %d".formatted(Experiment.MAX_ROWS, rows));
    }
    return OptionalInt.of(rows);
  }

  private static @Nullable Budget budget(ParseResult arguments) {
    Long episodes = arguments.matchedOptionValue("--episodes", (Long) null);
    Long steps = arguments.matchedOptionValue("--steps", (Long) null);
    if (episodes != null && steps != null) {
      throw new UserError("give --episodes or --steps, not both");
    }
    if (episodes != null) {
      return Budget.episodes(atLeastOne("--episodes", episodes));
    }
    return steps == null ? null : Budget.steps(atLeastOne("--steps", steps));
  }

  private static long atLeastOne(String option, long value) {
    if (value < 1) {
      throw new UserError(option + " must be at least 1, was " + value);
    }
    return value;
  }

  private static String name(Experiment experiment) {
    return (experiment.learner().id()
            + "-"
            + experiment.environment().id()
            + "-seed"
            + experiment.seed())
        .replace('/', '_');
  }
}
