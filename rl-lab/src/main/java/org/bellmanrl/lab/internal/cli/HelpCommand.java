package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.util.List;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl help [COMMAND…]}: how commands are written. */
final class HelpCommand implements Command {
  private final Terminal terminal;

  @Inject
  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandSpec spec() {
    return Command.spec(HelpCommand.class, "help", "Show the help of a command.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .type(String[].class)
                .arity("0..*")
                .description("The command (default: all commands).")
                .build());
  }

  @Override
  public int run(ParseResult arguments) {
    CommandLine at = arguments.commandSpec().root().commandLine();
    for (String word : arguments.matchedPositionalValue(0, new String[0])) {
      CommandLine inner = at.getSubcommands().get(word);
      if (inner == null) {
        List<String> near = NearMatches.closest(word, at.getSubcommands().keySet(), 2);
        throw new UserError(
            "unknown command '"
                + word
                + "'"
                + (near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?")
                + "; ./rl help lists all");
      }
      at = inner;
    }
    terminal.out().print(UsageText.of(at));
    return OK;
  }
}
