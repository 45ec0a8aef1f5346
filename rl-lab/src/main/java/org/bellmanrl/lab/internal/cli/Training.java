package org.bellmanrl.lab.internal.cli;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.rounds.Playback;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.RunMonitor;
import org.bellmanrl.lab.internal.training.CheckpointInterval;
import org.bellmanrl.lab.internal.training.RunResult;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.watch.Watch;
import org.bellmanrl.results.document.Numbers;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A run as the user who began or resumed it sees it. */
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
   * @param page where it can be watched; null if it is not watched
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
        PACE,
        "SECONDS",
        Double.class,
        "Time between checkpoints, from which a run can be resumed (default: 60).");
  }

  static CheckpointInterval interval(ParseResult arguments) {
    double seconds = arguments.matchedOptionValue(PACE, CheckpointInterval.DEFAULT.seconds());
    if (!(seconds >= 0)) {
      throw new UserError(PACE + " must be at least 0 seconds, was " + seconds);
    }
    return new CheckpointInterval(seconds, Long.MAX_VALUE);
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
      terminal.line(RunReport.experiment(experiment, terminal.width()));
      if (before > 0) {
        terminal.line("  resumed      after " + Numbers.grouped(before) + " steps");
      }
      terminal.flush();
    }
    if (page != null) {
      page.watch().attach(run);
      page.tell(terminal);
    }
    RunResult result;
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
                + Numbers.count(run.progress().episodes(), "episode")
                + "; the learner's state is in "
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
        terminal.line(done(run));
        run.playback()
            .filter(rounds -> rounds.rounds() > 0)
            .ifPresent(rounds -> terminal.line(waited(rounds, run.seconds())));
        if (!run.ending().isEmpty()) {
          terminal.line(run.ending());
        }
        terminal.flush();
      }
      try (JudgingLine judging = new JudgingLine(terminal, experiment.evaluation().episodes())) {
        result = run.judge(quiet ? new Listener() {} : judging);
      }
      tell(run, result);
    }
    if (page != null) {
      page.watch().finished(result);
      if (!quiet || page.watch().hasAudience()) {
        linger(page, terminal);
      }
    }
    return Command.OK;
  }

  /** What was done; planning is counted in sweeps over the states. */
  private static String done(TrainingRun run) {
    RunProgress progress = run.progress();
    double seconds = run.seconds();
    @Nullable Double sweeps = run.lastMetrics().get("sweeps");
    if (sweeps != null) {
      boolean settled = run.lastMetrics().getOrDefault("settled", 0.0) != 0;
      return (settled ? "solved in " : "not settled after ")
          + Numbers.count(sweeps.longValue(), "sweep")
          + " over the states, "
          + Numbers.duration(seconds);
    }
    return "trained "
        + (progress.episodes() == 0 ? "" : Numbers.count(progress.episodes(), "episode") + ", ")
        + Numbers.count(progress.steps(), "step")
        + " in "
        + Numbers.duration(seconds)
        + " ("
        + Numbers.rate(progress.steps() / seconds)
        + " steps/s)";
  }

  private static String waited(Playback rounds, double seconds) {
    return "%s rounds: the learner waited for them %s%% of the time, %s ms a round"
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

  /** Keeps the page open for its viewers. */
  static void linger(WatchPage page, Terminal terminal) {
    terminal.line(
        page.watch().hasAudience()
            ? "the page stays as long as it is looked at; Ctrl-C ends it"
            : "the page stays for a minute, or as long as it is looked at; Ctrl-C ends it");
    terminal.flush();
    page.watch().linger();
  }

  /** Whether the values of a given policy were learned: one that no learning changes. */
  private static boolean predicts(TrainingRun run) {
    Learner learner = run.learner();
    Policy policy = learner.policy();
    return policy.equals(policy.snapshot())
        && learner.values().filter(values -> values.width() == 1).isPresent();
  }

  /** A line that says what is odd about a result. */
  static String odd(String sentence, Terminal terminal) {
    return Listing.wrapped("odd:            ", sentence, terminal.width());
  }

  private void tell(TrainingRun run, RunResult result) {
    Judgement judgement = result.judgement();
    if (quiet) {
      terminal.line(
          experiment.seededTitle()
              + ": "
              + judgement.line()
              + "; "
              + run.folder().path()
              + (result.odd().isEmpty() ? "" : "; odd, as " + next("show", run) + " says"));
      return;
    }
    RunReport.grids(
            run.environment(),
            run.learner(),
            () -> assembler.beginner(experiment, run.environment()),
            terminal,
            List.of())
        .ifPresent(text -> terminal.out().print("\n" + text + "\n"));
    if (experiment.trials().wanted()) {
      terminal.line(
          run.bestTrial() == Double.NEGATIVE_INFINITY
              ? "best trial:     none, as the first comes after "
                  + Numbers.count(experiment.trials().every(), "step")
                  + "; give a smaller --trials"
              : "best trial:     mean return "
                  + Numbers.fixed(run.bestTrial(), 3)
                  + " over "
                  + Numbers.count(experiment.trials().episodes(), "episode")
                  + " (./rl eval RUN --best)");
    }
    if (!run.lastMetrics().containsKey("sweeps")) {
      RunReport.learning(run.monitor().metrics(), run.environment().spec(), terminal.width())
          .ifPresent(terminal::line);
    }
    terminal.line(
        Listing.wrapped(
            predicts(run) ? "given policy:   " : "learned policy: ",
            RunReport.judged(judgement, run.environment().spec()),
            terminal.width()));
    if (!result.expectation().isEmpty()) {
      terminal.line(Listing.wrapped("values:         ", result.expectation(), terminal.width()));
    }
    result.odd().forEach(odd -> terminal.line(odd(odd, terminal)));
    terminal.line("saved in " + run.folder().path());
    terminal.line("");
    terminal.line("next:  " + next("play", run));
    terminal.line("       " + next("eval", run, "--episodes", "1000"));
    terminal.line("       " + next("show", run));
  }
}
