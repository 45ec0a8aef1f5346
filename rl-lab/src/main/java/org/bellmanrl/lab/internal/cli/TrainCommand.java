package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import com.google.inject.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.ExperimentWarnings;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl train LEARNER ENV}: trains a learner, evaluates its policy, and keeps both in a run
 * folder.
 */
final class TrainCommand implements Command {
  private static final Path RUNS = Path.of("runs");
  private static final String TENSOR_BOARD = "--tensorboard";

  private final Terminal terminal;
  private final Assembler assembler;
  private final Resolver resolver;
  private final Invocation invocation;
  private final Provider<SeedsTraining> seeds;

  @Inject
  TrainCommand(
      Terminal terminal,
      Assembler assembler,
      Resolver resolver,
      Invocation invocation,
      Provider<SeedsTraining> seeds) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.resolver = resolver;
    this.invocation = invocation;
    this.seeds = seeds;
  }

  static CommandSpec spec() {
    return ClusterOptions.addTo(
            WatchPage.addTo(
                TrainArguments.addTo(
                    Command.spec(
                        TrainCommand.class,
                        "train",
                        "Train a learner on an environment and save the result in a run folder."))))
        .addOption(Training.paceOption())
        .addOption(
            Command.option(
                "--out",
                "DIR",
                Path.class,
                "The run folder, new or empty (default: a new one in runs/)."))
        .addOption(
            Command.flag(TENSOR_BOARD, "Write an event file for TensorBoard to the run folder."))
        .addOption(Command.flag("--quiet", "Print only the result."));
  }

  @Override
  public int run(ParseResult arguments) {
    TrainArguments asked = TrainArguments.of(arguments);
    boolean quiet = arguments.hasMatchedOption("--quiet");
    Experiment experiment = asked.experiment(resolver, arguments);
    ExperimentWarnings.ofTask(assembler, experiment).ifPresent(terminal::warning);
    if (!quiet) {
      ExperimentWarnings.ofLearning(experiment).ifPresent(terminal::warning);
    }
    @Nullable Path out = arguments.matchedOptionValue("--out", (Path) null);
    boolean tensorBoard = arguments.hasMatchedOption(TENSOR_BOARD);
    CheckpointInterval interval = Training.interval(arguments);
    try (@Nullable WatchPage page =
            WatchPage.ofTraining(arguments, assembler, experiment, terminal);
        @Nullable Workers workers =
            ClusterOptions.join(arguments, invocation, assembler.entries(), terminal)) {
      if (asked.seeds() > 0) {
        Path folder = out == null ? folder(experiment, "seeds") : out;
        return seeds
            .get()
            .quiet(quiet)
            .interval(interval)
            .page(page)
            .workers(workers)
            .run(new SeedGroup(folder, experiment, asked.seeds(), tensorBoard));
      }
      Training training = new Training(terminal, assembler, invocation, experiment, quiet, page);
      try (TrainingRun run =
          TrainingRuns.begin(
              new TrainingSetup(
                  assembler,
                  interval,
                  training.watcher(),
                  terminal::warning,
                  workers == null ? null : workers.rounds()),
              experiment,
              out == null
                  ? RunFolder.createNumbered(RUNS, name(experiment, "seed" + experiment.seed()))
                  : RunFolder.create(out),
              tensorBoard)) {
        return training.run(run);
      }
    }
  }

  /** A folder of that name in {@code runs} that is not there yet. */
  static Path folder(Experiment experiment, String what) {
    for (int n = 1; ; n++) {
      Path path = RUNS.resolve(name(experiment, what) + "-" + n);
      if (!Files.exists(path)) {
        return path;
      }
    }
  }

  private static String name(Experiment experiment, String what) {
    return (experiment.learner().id() + "-" + experiment.environment().id() + "-" + what)
        .replace('/', '_');
  }
}
