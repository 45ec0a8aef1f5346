package org.bellmanrl.bench;

import static org.bellmanrl.bench.command.CommandOptions.refuseOthers;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bellmanrl.bench.learning.LearningCommand;
import org.bellmanrl.bench.report.BenchCommand;
import org.bellmanrl.bench.search.SearchCommand;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code rl bench}. */
public final class Main {
  private static final int OK = 0;
  private static final int USAGE = 2;

  private Main() {}

  /**
   * Runs the command and ends the process with its exit status.
   *
   * @param words the words after {@code rl bench}
   */
  public static void main(String[] words) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, words);
    out.flush();
    System.exit(status);
  }

  /**
   * Runs the command in this process.
   *
   * @param out takes progress and results
   * @param err takes what went wrong, a line each
   * @param words the words after {@code rl bench}
   * @return the exit status: 0 if all went well, 1 if something got slower, 2 if what was asked for
   *     can't be done
   */
  public static int run(PrintStream out, PrintStream err, String... words) {
    BenchCommand bench = new BenchCommand(out, err);
    CommandSpec spec =
        BenchCommand.spec()
            .addSubcommand("compare", BenchCommand.compareSpec())
            .addSubcommand("learning", LearningCommand.spec())
            .addSubcommand("search", SearchCommand.spec());
    try {
      ParseResult parsed = new CommandLine(spec).parseArgs(words);
      ParseResult innermost = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
      CommandSpec command = innermost.commandSpec();
      if (parsed.hasSubcommand()) {
        refuseOthers(parsed, List.of("--help"), "does not go with " + command.qualifiedName());
      }
      if (parsed.isUsageHelpRequested() || innermost.isUsageHelpRequested()) {
        command.commandLine().usage(out);
        return OK;
      }
      return switch (command.name()) {
        case "compare" -> bench.compare(innermost);
        case "learning" -> new LearningCommand(out, err).run(innermost);
        case "search" -> new SearchCommand(System.in, out).run(innermost);
        default -> bench.bench(innermost);
      };
    } catch (ParameterException e) {
      err.println(
          "error: "
              + e.getMessage()
              + "; "
              + e.getCommandLine().getCommandSpec().qualifiedName()
              + " --help shows what there is");
      return USAGE;
    } catch (UserError e) {
      err.println("error: " + e.getMessage());
      return USAGE;
    }
  }
}
