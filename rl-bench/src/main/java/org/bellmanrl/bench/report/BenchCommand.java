package org.bellmanrl.bench.report;

import static org.bellmanrl.bench.command.CommandOptions.flag;
import static org.bellmanrl.bench.command.CommandOptions.help;
import static org.bellmanrl.bench.command.CommandOptions.option;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bellmanrl.bench.origin.Commit;
import org.bellmanrl.bench.origin.Machine;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl bench} and {@code rl bench compare}: measures, reports, and says what got slower. */
public final class BenchCommand {
  private static final Path OUT = Path.of("bench-reports");
  private static final int OK = 0;
  private static final int SLOWER = 1;

  private final PrintStream out;
  private final PrintStream err;

  /**
   * A command.
   *
   * @param out takes progress and results
   * @param err takes warnings
   */
  public BenchCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** How {@code rl bench} is written. */
  public static CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("./rl bench")
            .addOption(help())
            .addOption(
                flag(
                    "--quick",
                    "Run a part of the benchmarks, which takes less than 3 minutes instead of about 30."))
            .addOption(
                option(
                    "--out", "DIR", Path.class, "The folder for reports (default: " + OUT + ")."))
            .addOption(
                option(
                    "--only",
                    "PATTERN",
                    String.class,
                    "Run only the benchmarks whose name, such as QUpdateBenchmark.learner, contains"
                        + " this regular expression, and the limits that they are compared with."));
    spec.usageMessage()
        .description(
            "Measure the speed of Bellman on this machine beside that of bare loops, and"
                + " write a report as HTML, Markdown and JSON.");
    return spec;
  }

  /** How {@code rl bench compare} is written. */
  public static CommandSpec compareSpec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("compare")
            .addOption(help())
            .addPositional(report(0, "OLD", "The earlier report, or a folder of reports."))
            .addPositional(report(1, "NEW", "The later report, or a folder of reports."))
            .addOption(
                option(
                    "--tolerance",
                    "PERCENT",
                    Double.class,
                    "Largest change that counts as none (default: %s)."
                        .formatted(Units.fixed(100 * Comparison.TOLERANCE, 0))));
    spec.usageMessage()
        .description(
            "Show what got slower between two reports, beyond the noise. The exit status is"
                + " 1 if anything did.");
    return spec;
  }

  private static PositionalParamSpec report(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .paramLabel(label)
        .type(Path.class)
        .arity("1")
        .required(true)
        .description(description)
        .build();
  }

  /**
   * Measures and reports.
   *
   * @return the exit status
   */
  public int bench(ParseResult arguments) {
    boolean quick = arguments.hasMatchedOption("--quick");
    ReportFolder folder = new ReportFolder(arguments.matchedOptionValue("--out", OUT));
    Peers peers = folder.peers();
    List<BenchReport> earlier = folder.history(line -> err.println("warning: " + line));
    JmhRunner measuring = new JmhRunner(out, quick);
    String only = arguments.matchedOptionValue("--only", (String) null);
    List<JmhRunner.Choice> choices = measuring.choose(pattern(only));
    if (choices.isEmpty()) {
      throw new UserError(
          "no benchmark"
              + (quick ? " of the quick form" : "")
              + " contains '"
              + only
              + "'; a name is, for example, QUpdateBenchmark.learner");
    }
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Machine machine = Machine.here();
    String commit = Commit.here();
    List<Figure> figures = measuring.measure(choices);
    List<String> failures = measuring.failures();
    if (figures.isEmpty()) {
      throw new UserError(String.join("; ", failures));
    }
    BenchReport report = new BenchReport(start, quick ? "quick" : "full", commit, machine, figures);
    List<Path> written = folder.write(report, earlier, peers);
    out.println(
        "measured in "
            + ChronoUnit.SECONDS.between(start, Instant.now())
            + " s; the machine's load before was "
            + Units.fixed(machine.load(), 2));
    written.forEach(file -> out.println("  " + file));
    if (!failures.isEmpty()) {
      throw new UserError("the report lacks what failed: " + String.join("; ", failures));
    }
    return OK;
  }

  private static @Nullable Pattern pattern(@Nullable String only) {
    try {
      return only == null ? null : Pattern.compile(only, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new UserError("--only is no regular expression: " + e.getDescription(), e);
    }
  }

  /**
   * Compares two reports.
   *
   * @return the exit status
   */
  public int compare(ParseResult arguments) {
    double percent = arguments.matchedOptionValue("--tolerance", 100 * Comparison.TOLERANCE);
    if (!(percent >= 0 && percent < 100)) {
      throw new UserError("--tolerance must be in [0, 100), was " + percent);
    }
    BenchReport old = ReportFolder.named(arguments.matchedPositionalValue(0, OUT));
    BenchReport now = ReportFolder.named(arguments.matchedPositionalValue(1, OUT));
    Comparison comparison = Comparison.of(old, now, percent / 100);
    out.print(comparison.text());
    return comparison.slower().isEmpty() ? OK : SLOWER;
  }
}
