package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.rounds.Playback;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.run.UserError;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.watch.Watch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A run as somebody sees it who began or resumed it. */
final class Training {
  private static final String PACE = "--checkpoint-every";

  private final Terminal terminal;
  private final Assembler assembler;
  private final Invocation invocation;
  private final Experiment experiment;
  private final boolean quiet;
  private final ProgressLine line;
  private final @Nullable WatchPage page;

  /**
   * A run that is about to begin or to go on.
   *
   * @param page where it can be watched; null if nobody wants to
   */
  Training(
      Terminal terminal,
      Assembler assembler,
      Invocation invocation,
      Experiment experiment,
      boolean quiet,
      @Nullable WatchPage page) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.invocation = invocation;
    this.experiment = experiment;
    this.quiet = quiet;
    this.page = page;
    this.line = new ProgressLine(terminal, experiment.budget());
  }

  /** How often checkpoints are to be written. */
  static OptionSpec paceOption() {
    return Command.option(
        PACE, "SECONDS", Double.class, "Write a checkpoint so often, to resume from; 60.");
  }

  static TrainingRun.Pace pace(ParseResult arguments) {
    double seconds = arguments.matchedOptionValue(PACE, TrainingRun.Pace.DEFAULT.seconds());
    if (!(seconds >= 0)) {
      throw new UserError(PACE + " must be at least 0 seconds, was " + seconds);
    }
    return new TrainingRun.Pace(seconds, Long.MAX_VALUE);
  }

  /** Shows how it is going. */
  RunMonitor.Watcher watcher() {
    RunMonitor.Watcher here = quiet ? (progress, heard, seconds) -> {} : line;
    if (page == null) {
      return here;
    }
    Watch watch = page.watch();
    return (progress, heard, seconds) -> {
      here.look(progress, heard, seconds);
      watch.look(progress, heard, seconds);
    };
  }

  /** Trains, judges, and tells of it; the exit status. */
  int run(TrainingRun run) {
    long before = run.progress().steps();
    if (!quiet) {
      terminal.line(Report.experiment(experiment, terminal.width()));
      if (before > 0) {
        terminal.line("  resumed      after " + Numbers.grouped(before) + " steps");
      }
      terminal.flush();
    }
    if (page != null) {
      page.watch().attach(run);
      page.tell(terminal);
    }
    Judgement judgement;
    String resume = next("resume", run);
    try (Interruption _ =
        new Interruption(terminal, () -> stop(run), () -> List.of(run.activity()), resume)) {
      boolean finished = run.run();
      line.clear();
      if (!finished) {
        if (page != null) {
          page.watch().stopped();
        }
        terminal.line(
            "interrupted after "
                + Numbers.grouped(run.progress().episodes())
                + " episodes; what was learned is in "
                + run.folder().path());
        terminal.line("go on with:  " + resume);
        terminal.flush();
        if (page != null) {
          page.watch().linger();
        }
        return Command.INTERRUPTED;
      }
      if (page != null) {
        page.watch().judging();
      }
      if (!quiet) {
        RunProgress progress = run.progress();
        double seconds = run.seconds();
        terminal.line(
            "trained "
                + Numbers.grouped(progress.episodes())
                + " episodes, "
                + Numbers.grouped(progress.steps())
                + " steps in "
                + Numbers.duration(seconds)
                + " ("
                + Numbers.rate(progress.steps() / seconds)
                + " steps/s)");
        run.playback()
            .filter(rounds -> rounds.rounds() > 0)
            .ifPresent(rounds -> terminal.line(waited(rounds, seconds)));
        if (!run.ending().isEmpty()) {
          terminal.line(run.ending());
        }
        terminal.flush();
      }
      judgement = run.judge();
      tell(run, judgement);
    }
    if (page != null) {
      page.watch().finished(judgement);
      linger(page, terminal);
    }
    return Command.OK;
  }

  private static String waited(Playback rounds, double seconds) {
    return "%s rounds on workers: the learner waited for them %s%% of the time, %s ms a round"
        .formatted(
            Numbers.grouped(rounds.rounds()),
            Numbers.fixed(100 * rounds.secondsWaited() / seconds, 0),
            Numbers.fixed(1000 * rounds.secondsWaited() / rounds.rounds(), 1));
  }

  private String next(String command, TrainingRun run, String... options) {
    List<String> words = new ArrayList<>(List.of(command, run.folder().path().toString()));
    words.addAll(List.of(options));
    return invocation.next(words.toArray(String[]::new));
  }

  private void stop(TrainingRun run) {
    run.stop();
    if (page != null) {
      page.watch().release();
    }
  }

  /** Leaves the page there for those who look at it. */
  static void linger(WatchPage page, Terminal terminal) {
    if (!page.watch().hasAudience()) {
      return;
    }
    terminal.line("the page stays as long as somebody looks at it; Ctrl-C ends it");
    terminal.flush();
    page.watch().linger();
  }

  private void tell(TrainingRun run, Judgement judgement) {
    if (quiet) {
      terminal.line(
          experiment.learner().id()
              + " on "
              + experiment.environment().id()
              + ", seed "
              + experiment.seed()
              + ": "
              + judgement.line()
              + "; "
              + run.folder().path());
      return;
    }
    Report.grids(
            run.environment(),
            run.learner(),
            () -> assembler.beginner(experiment, run.environment()),
            terminal,
            List.of())
        .ifPresent(text -> terminal.out().print("\n" + text + "\n"));
    if (experiment.trials().wanted()) {
      terminal.line(
          "best trial:     mean return "
              + Numbers.fixed(run.bestTrial(), 3)
              + " over "
              + experiment.trials().episodes()
              + " episodes (./rl eval RUN --best)");
    }
    terminal.line("learned policy: " + judgement.line());
    terminal.line("saved in " + run.folder().path());
    terminal.line("");
    terminal.line("next:  " + next("play", run));
    terminal.line("       " + next("eval", run, "--episodes", "1000"));
    terminal.line("       " + next("show", run));
  }
}
