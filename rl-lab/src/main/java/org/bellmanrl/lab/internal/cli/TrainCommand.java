package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Request;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.training.TrainingRun;
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
                "--seeds",
                "N",
                Integer.class,
                "Train N times, from seed S on, side by side, each as if alone."))
        .addOption(
            Command.option(
                "--trials",
                "STEPS",
                Long.class,
                "Try the policy out every so many steps, and keep the best."))
        .addOption(
            Command.option("--trial-episodes", "N", Integer.class, "Episodes of a trial; 10."))
        .addOption(
            Command.option(
                "--stop-at", "RETURN", Double.class, "Stop when a trial's mean return is so high."))
        .addOption(
            Command.option(
                "--patience", "N", Integer.class, "Stop after N trials that were no better."))
        .addOption(
            Command.option(
                "--from", "RUN", String.class, "Begin with what another run's learner learned."))
        .addOption(Training.paceOption())
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
            trials(arguments),
            arguments.matchedOptionValue("--from", ""),
            seed);
    boolean quiet = arguments.hasMatchedOption("--quiet");
    Experiment experiment = assembler.resolve(request);
    @Nullable Path out = arguments.matchedOptionValue("--out", (Path) null);
    TrainingRun.Pace pace = Training.pace(arguments);
    if (arguments.hasMatchedOption("--seeds")) {
      return new SeedsTraining(terminal, assembler, quiet)
          .run(experiment, seeds(arguments), out == null ? folder(experiment, "seeds") : out, pace);
    }
    Training training = new Training(terminal, assembler, experiment, quiet);
    try (TrainingRun run =
        TrainingRun.begin(
            assembler,
            experiment,
            out == null
                ? RunFolder.createNumbered(RUNS, name(experiment, "seed" + seed))
                : RunFolder.create(out),
            pace,
            training.watcher(),
            terminal::warning)) {
      return training.run(run);
    }
  }

  private static Path folder(Experiment experiment, String what) {
    for (int n = 1; ; n++) {
      Path path = RUNS.resolve(name(experiment, what) + "-" + n);
      if (!Files.exists(path)) {
        return path;
      }
    }
  }

  private static int seeds(ParseResult arguments) {
    int seeds = arguments.matchedOptionValue("--seeds", 1);
    if (seeds < 1 || seeds > 10_000) {
      throw new UserError("--seeds must be in [1, 10000], was " + seeds);
    }
    return seeds;
  }

  private static TrialPlan trials(ParseResult arguments) {
    try {
      return new TrialPlan(
          arguments.matchedOptionValue("--trials", 0L),
          arguments.matchedOptionValue("--trial-episodes", TrialPlan.NONE.episodes()),
          arguments.matchedOptionValue("--stop-at", Double.NaN),
          arguments.matchedOptionValue("--patience", 0));
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage() + ", for example --trials 10000", e);
    }
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

  private static String name(Experiment experiment, String what) {
    return (experiment.learner().id() + "-" + experiment.environment().id() + "-" + what)
        .replace('/', '_');
  }
}
