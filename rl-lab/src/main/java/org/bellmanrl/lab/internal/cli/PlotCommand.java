package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.lab.internal.compare.LearningCurves;
import org.bellmanrl.lab.internal.compare.RunGroups;
import org.bellmanrl.lab.internal.plot.Chart;
import org.bellmanrl.results.document.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl plot RUNS…}: draws learning curves. */
final class PlotCommand implements Command {
  private static final Path DEFAULT_OUT = Path.of("learning-curves.svg");
  private static final String STEPS = "steps";
  private static final String EPISODES = "episodes";

  private final Terminal terminal;

  @Inject
  PlotCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandSpec spec() {
    return Command.spec(
            PlotCommand.class,
            "plot",
            "Draw learning curves. Runs that differ only in their seed are one line with a band.")
        .addPositional(RunArguments.runs("Run folders, or folders that contain them."))
        .addOption(
            Command.option(
                "--metric",
                "NAME",
                String.class,
                "The column of metrics.csv to draw (default: return)."))
        .addOption(
            Command.option(
                "--by",
                "steps|episodes",
                String.class,
                "What the horizontal axis counts (default: steps)."))
        .addOption(
            Command.option(
                "--smooth",
                "N",
                Integer.class,
                "Number of episodes in a moving average (default: a twentieth of the run's, at"
                    + " most 100)."))
        .addOption(
            Command.option(
                "--y",
                "FROM:TO",
                String.class,
                "Draw only values in this range, such as 0:500, so that outliers don't flatten"
                    + " the lines; marks at the edge stand for values outside."))
        .addOption(Command.flag("--log", "Use a logarithmic scale for the values."))
        .addOption(
            Command.option(
                "--out",
                "FILE",
                Path.class,
                "The picture, .svg or .png, which is replaced if it exists (default: "
                    + DEFAULT_OUT
                    + ")."));
  }

  @Override
  public int run(ParseResult arguments) throws IOException {
    String by = arguments.matchedOptionValue("--by", STEPS);
    if (!by.equals(STEPS) && !by.equals(EPISODES)) {
      throw new UserError("--by must be steps or episodes, was '" + by + "'");
    }
    Integer smoothing = arguments.matchedOptionValue("--smooth", (Integer) null);
    if (smoothing != null && smoothing < 1) {
      throw new UserError("--smooth must be at least 1, was " + smoothing);
    }
    List<RunGroups.Task> tasks =
        RunGroups.of(
            RunArguments.openWithUnfinished(
                arguments.matchedPositionalValue(0, List.of()), terminal),
            terminal::warning);
    Path out = arguments.matchedOptionValue("--out", DEFAULT_OUT);
    Chart chart =
        LearningCurves.of(
            tasks,
            arguments.matchedOptionValue("--metric", LearningCurves.RETURN),
            by.equals(EPISODES),
            smoothing == null ? 0 : smoothing,
            terminal::warning);
    String range = arguments.matchedOptionValue("--y", "");
    if (!range.isEmpty()) {
      chart = between(chart, range);
    }
    try {
      (arguments.hasMatchedOption("--log") ? chart.logarithmic() : chart).write(out);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
    terminal.line("learning curves in " + out);
    return OK;
  }

  private static Chart between(Chart chart, String range) {
    String[] ends = range.split(":", -1);
    try {
      if (ends.length == 2) {
        return chart.between(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
      }
    } catch (IllegalArgumentException e) {
      // said below, like everything else that is no range
    }
    throw new UserError("--y must be FROM:TO with FROM below TO, such as 0:500, was " + range);
  }
}
