package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl resume RUN}: goes on with a run that was stopped or killed, as if it had not been. */
final class ResumeCommand implements Command {
  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  ResumeCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    return WatchPage.addTo(
            Command.spec(
                ResumeCommand.class,
                "resume",
                "Go on with a run that was interrupted or killed, bit for bit as if it had not"
                    + " been."))
        .addPositional(Command.argument(0, "RUN", "The run folder, or that of several seeds."))
        .addOption(Training.paceOption())
        .addOption(Command.flag("--quiet", "Print the result only."));
  }

  @Override
  public int run(ParseResult arguments) {
    Path path = Path.of(arguments.matchedPositionalValue(0, ""));
    boolean quiet = arguments.hasMatchedOption("--quiet");
    if (SeedsTraining.isGroup(path)) {
      if (WatchPage.isAsked(arguments)) {
        throw new UserError(
            "the live page shows a single run, and " + path + " is that of several");
      }
      return new SeedsTraining(terminal, assembler, quiet).resume(path, Training.pace(arguments));
    }
    RunFolder.Unfinished unfinished = RunFolder.unfinished(path);
    try (@Nullable WatchPage page =
        WatchPage.ofTraining(arguments, assembler, unfinished.experiment(), terminal)) {
      Training training = new Training(terminal, assembler, unfinished.experiment(), quiet, page);
      try (TrainingRun run =
          TrainingRun.resume(
              assembler,
              unfinished,
              Training.pace(arguments),
              training.watcher(),
              terminal::warning)) {
        return training.run(run);
      }
    }
  }
}
