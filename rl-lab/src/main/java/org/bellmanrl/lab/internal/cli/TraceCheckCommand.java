package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import org.bellmanrl.lab.internal.trace.TraceCheck;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl trace check FILE…}: replays recorded episodes. */
final class TraceCheckCommand implements Command {
  private final Terminal terminal;
  private final TraceCheck check;

  @Inject
  TraceCheckCommand(Terminal terminal, TraceCheck check) {
    this.terminal = terminal;
    this.check = check;
  }

  static CommandSpec spec() {
    return Command.spec(
            TraceCheckCommand.class,
            "check",
            "Replay recorded episodes in the environments that they name, and compare.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(Path[].class)
                .arity("1..*")
                .required(true)
                .description(
                    "Recorded episodes: one JSON object per line, the first of which is a header.")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    int status = OK;
    for (Path file : arguments.matchedPositionalValue(0, new Path[0])) {
      try {
        TraceCheck.Result result = check.check(file);
        if (result.matches()) {
          terminal.line("ok " + file + " rows=" + result.rows() + " maxError=" + result.maxError());
        } else {
          terminal.line("MISMATCH " + file + " line=" + result.line() + " " + result.difference());
          status = Math.max(status, FAILED);
        }
      } catch (UserError e) {
        // The other files are checked all the same.
        terminal.error(String.valueOf(e.getMessage()));
        status = USAGE;
      }
    }
    return status;
  }
}
