package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl train LEARNER ENV}: learns, judges what was learned, and keeps it in a run folder. */
final class TrainCommand implements Command {
  private static final Path RUNS = Path.of("runs");
  private static final String TENSOR_BOARD = "--tensorboard";

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  TrainCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return WatchPage.addTo(
            TrainArguments.addTo(
                Command.spec(
                    TrainCommand.class,
                    "train",
                    "Train a learner on an environment and keep the result in a run folder.")))
        .addOption(Training.paceOption())
        .addOption(
            Command.option(
                "--out", "DIR", Path.class, "The run folder, new or empty; else one in runs/."))
        .addOption(
            Command.flag(TENSOR_BOARD, "Write an event file for TensorBoard to the run folder."))
        .addOption(Command.flag("--quiet", "Print the result only."));
  }

  @Override
  public int run(ParseResult arguments) {
    TrainArguments asked = TrainArguments.of(arguments);
    boolean quiet = arguments.hasMatchedOption("--quiet");
    Experiment experiment = assembler.resolve(asked.request());
    @Nullable Path out = arguments.matchedOptionValue("--out", (Path) null);
    boolean tensorBoard = arguments.hasMatchedOption(TENSOR_BOARD);
    TrainingRun.Pace pace = Training.pace(arguments);
    if (asked.seeds() > 0) {
      if (WatchPage.isAsked(arguments)) {
        throw new UserError("the live page shows a single run: leave --watch or --seeds out");
      }
      return new SeedsTraining(terminal, assembler, quiet)
          .run(
              experiment,
              asked.seeds(),
              out == null ? folder(experiment, "seeds") : out,
              tensorBoard,
              pace);
    }
    try (@Nullable WatchPage page =
        WatchPage.ofTraining(arguments, assembler, experiment, terminal)) {
      Training training = new Training(terminal, assembler, experiment, quiet, page);
      try (TrainingRun run =
          TrainingRun.begin(
              assembler,
              experiment,
              out == null
                  ? RunFolder.createNumbered(RUNS, name(experiment, "seed" + experiment.seed()))
                  : RunFolder.create(out),
              tensorBoard,
              pace,
              training.watcher(),
              terminal::warning)) {
        return training.run(run);
      }
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

  private static String name(Experiment experiment, String what) {
    return (experiment.learner().id() + "-" + experiment.environment().id() + "-" + what)
        .replace('/', '_');
  }
}
