package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.gymnasium.EnvironmentServer;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code rl step ENV}: steps environments for the Python package bellman, which starts it. The list
 * of commands leaves it out.
 */
final class StepCommand implements Command {
  private final Assembler assembler;

  @Inject
  StepCommand(Assembler assembler) {
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(StepCommand.class, "step", "Step environments for a Python program.")
            .addPositional(Command.argument(0, "ENV", "The environment (./rl envs lists them)."))
            .addOption(
                Command.option(
                    "--envs", "N", Integer.class, "Number of environments (default: 1)."))
            .addOption(
                TrainArguments.settings(
                    "--env", "Set an option of the environment. May be repeated."));
    spec.usageMessage().hidden(true);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    int rows = arguments.matchedOptionValue("--envs", 1);
    if (rows < 1 || rows > Experiment.MAX_ROWS) {
      throw new UserError("--envs must be in [1, %d], was %d".formatted(Experiment.MAX_ROWS, rows));
    }
    Map<String, String> options = arguments.matchedOptionValue("--env", Map.of());
    try (VectorEnvironment environment =
            assembler.environments(arguments.matchedPositionalValue(0, ""), options, rows);
        FileInputStream in = new FileInputStream(FileDescriptor.in);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      EnvironmentServer.serve(environment, in, out);
    }
    return OK;
  }
}
