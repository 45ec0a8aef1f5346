package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import com.google.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.training.RunResult;
import org.bellmanrl.lab.internal.training.TrainingRun;
import org.bellmanrl.lab.internal.training.TrainingRuns;
import org.bellmanrl.lab.internal.training.TrainingSetup;
import org.bellmanrl.lab.internal.tune.Study;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl resume RUN}: continues a run that was stopped or killed, as if it had not been. */
final class ResumeCommand implements Command {
  private static final String ACCEPT = "--accept-changes";
  private static final String TRIALS = "--trials";
  private static final String HOURS = "--hours";

  private final Terminal terminal;
  private final Assembler assembler;
  private final Invocation invocation;
  private final Provider<SeedsTraining> seeds;
  private final Provider<TuneTraining> tuning;

  @Inject
  ResumeCommand(
      Terminal terminal,
      Assembler assembler,
      Invocation invocation,
      Provider<SeedsTraining> seeds,
      Provider<TuneTraining> tuning) {
    this.terminal = terminal;
    this.assembler = assembler;
    this.invocation = invocation;
    this.seeds = seeds;
    this.tuning = tuning;
  }

  static CommandSpec spec() {
    return ClusterOptions.addTo(
            WatchPage.addTo(
                Command.spec(
                    ResumeCommand.class,
                    "resume",
                    "Resume a run that was interrupted or killed, to the same result bit for bit,"
                        + " or extend a run.")))
        .addPositional(
            Command.argument(
                0, "RUN", "A run folder, or the folder of several seeds or of a search."))
        .addOption(
            Command.option(
                "--steps",
                "N",
                Long.class,
                "Extend the run, even one that has finished, to N steps in all. Schedules end"
                    + " where they did before."))
        .addOption(
            Command.option("--episodes", "N", Long.class, "Extend the run to N episodes in all."))
        .addOption(
            Command.option(TRIALS, "N", Integer.class, "Extend a search to N trials in all."))
        .addOption(Command.option(HOURS, "H", Double.class, "Extend a search to H hours in all."))
        .addOption(
            Command.flag(
                ACCEPT,
                "Resume with the changes that were made to run.yaml, seeds.yaml or study.yaml."))
        .addOption(Training.paceOption())
        .addOption(Command.flag("--quiet", "Print only the result."));
  }

  @Override
  public int run(ParseResult arguments) {
    Path path = Path.of(arguments.matchedPositionalValue(0, ""));
    @Nullable Budget longer = TrainArguments.budget(arguments, null);
    boolean accept = arguments.hasMatchedOption(ACCEPT);
    if (Study.isStudy(path)) {
      if (!accept) {
        Study.requireUnchanged(path, ACCEPT);
      }
      return resume(Study.open(path), arguments);
    }
    Command.refuse(
        arguments,
        List.of(TRIALS, HOURS),
        "is for searches, and " + path + " is none: ./rl tune begins one");
    if (SeedGroup.isGroup(path)) {
      if (!accept) {
        SeedGroup.requireUnchanged(path, ACCEPT);
      }
      SeedGroup group = SeedGroup.open(path);
      return resume(longer == null ? group : group.withBudget(longer), accept, arguments);
    }
    if (accept) {
      RunFolder.acceptChanges(path);
    }
    RunFolder.Unfinished unfinished =
        longer == null ? RunFolder.unfinished(path) : RunFolder.longer(path, longer);
    Experiment experiment = unfinished.experiment();
    boolean quiet = arguments.hasMatchedOption("--quiet");
    if (unfinished.trained() && !unfinished.longer()) {
      RunResult result = TrainingRuns.judge(assembler, unfinished);
      terminal.line(
          experiment.seededTitle()
              + ", had come to the end of its training: "
              + result.judgement().line()
              + "; "
              + path);
      result.odd().forEach(odd -> terminal.line(Training.odd(odd, terminal)));
      return OK;
    }
    try (@Nullable WatchPage page =
            WatchPage.ofTraining(arguments, assembler, experiment, terminal);
        @Nullable Workers workers =
            ClusterOptions.join(arguments, invocation, assembler.entries(), terminal)) {
      Training training = new Training(terminal, assembler, invocation, experiment, quiet, page);
      try (TrainingRun run =
          TrainingRuns.resume(
              new TrainingSetup(
                  assembler,
                  Training.interval(arguments),
                  training.watcher(),
                  terminal::warning,
                  workers == null ? null : workers.rounds()),
              unfinished)) {
        return training.run(run);
      }
    }
  }

  private int resume(Study study, ParseResult arguments) {
    Command.refuse(
        arguments,
        List.of("--steps", "--episodes"),
        "is for runs, and " + study.path() + " is a search: --trials and --hours make it longer");
    Command.refuse(
        arguments,
        WatchPage.OPTIONS,
        "is for runs, and "
            + study.path()
            + " is a search: ./rl watch shows a run in its folder while it is trained");
    Study.Plan plan =
        study
            .plan()
            .until(
                arguments.matchedOptionValue(TRIALS, study.plan().trials()),
                arguments.matchedOptionValue(HOURS, study.plan().hours()));
    try (@Nullable Workers workers =
        ClusterOptions.join(arguments, invocation, assembler.entries(), terminal)) {
      return tuning
          .get()
          .quiet(arguments.hasMatchedOption("--quiet"))
          .interval(Training.interval(arguments))
          .workers(workers)
          .resume(study.withPlan(plan));
    }
  }

  private int resume(SeedGroup group, boolean accept, ParseResult arguments) {
    if (accept) {
      for (long seed : group.seeds()) {
        if (RunFolder.isBegun(group.folder(seed))) {
          RunFolder.acceptChanges(group.folder(seed));
        }
      }
    }
    try (@Nullable WatchPage page =
            WatchPage.ofTraining(arguments, assembler, group.experiment(), terminal);
        @Nullable Workers workers =
            ClusterOptions.join(arguments, invocation, assembler.entries(), terminal)) {
      return seeds
          .get()
          .quiet(arguments.hasMatchedOption("--quiet"))
          .interval(Training.interval(arguments))
          .page(page)
          .workers(workers)
          .resume(group);
    }
  }
}
