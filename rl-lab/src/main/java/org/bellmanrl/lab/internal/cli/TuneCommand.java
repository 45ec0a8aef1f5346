package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.lab.internal.assembly.EntryLookup;
import org.bellmanrl.lab.internal.assembly.OptionNames;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.cluster.Workers;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.tune.SearchSpaces;
import org.bellmanrl.lab.internal.tune.Study;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tune.Distribution;
import org.bellmanrl.tune.SearchSpace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl tune LEARNER ENV}: searches for hyperparameters. */
final class TuneCommand implements Command {
  private static final int TRIALS = 50;
  private static final int SEEDS = 3;
  private static final int MOST_EPISODES = 20;

  private final EntryLookup entries;
  private final Resolver resolver;
  private final SearchSpaces spaces;
  private final TuneTraining training;
  private final Terminal terminal;
  private final Invocation invocation;

  @Inject
  TuneCommand(
      EntryLookup entries,
      Resolver resolver,
      SearchSpaces spaces,
      TuneTraining training,
      Terminal terminal,
      Invocation invocation) {
    this.entries = entries;
    this.resolver = resolver;
    this.spaces = spaces;
    this.training = training;
    this.terminal = terminal;
    this.invocation = invocation;
  }

  static CommandSpec spec() {
    return ClusterOptions.addTo(
            TrainArguments.addTaskTo(
                Command.spec(
                    TuneCommand.class,
                    "tune",
                    "Search for hyperparameters: train with many settings, and evaluate the best"
                        + " again with new seeds.")))
        .addOption(
            Command.option(
                "--trials",
                "N",
                Integer.class,
                "Number of settings to try (default: " + TRIALS + ", or with --hours no limit)."))
        .addOption(Command.option("--hours", "H", Double.class, "Start no trial after H hours."))
        .addOption(
            Command.option(
                "--seeds",
                "N",
                Integer.class,
                "Number of seeds that each trial is trained with (default: " + SEEDS + ")."))
        .addOption(
            Command.option(
                "--sampler",
                "NAME",
                String.class,
                "What chooses settings: tpe, random or quasi-random (default: tpe)."))
        .addOption(
            Command.option(
                "--pruner",
                "NAME",
                String.class,
                "What ends trials early: median, halving (ASHA) or none (default: median)."))
        .addOption(
            Command.option(
                "--space",
                "FILE",
                Path.class,
                "A file that changes the search space; study.yaml holds the whole space."))
        .addOption(
            TrainArguments.settings(
                "--search",
                "Search an option of the learner: NAME=log:1e-5:0.1, NAME=[0.9, 0.99]. Options"
                    + " given by --set are not searched. May be repeated."))
        .addOption(
            Command.option(
                "--trial-episodes",
                "N",
                Integer.class,
                "Number of episodes that evaluate a trial (default: those of the final evaluation,"
                    + " at most "
                    + MOST_EPISODES
                    + ")."))
        .addOption(
            Command.option(
                "--finalists",
                "N",
                Integer.class,
                "Number of finalists: the best trials, which are evaluated again beside the"
                    + " settings that the search started from (default: 3)."))
        .addOption(
            Command.option(
                "--final-seeds",
                "N",
                Integer.class,
                "Number of new seeds that the finalists are trained with (default: 5)."))
        .addOption(
            Command.option(
                "--parallel",
                "N",
                Integer.class,
                "Number of trials that run side by side (default: one per core)."))
        .addOption(Training.paceOption())
        .addOption(
            Command.option(
                "--out",
                "DIR",
                Path.class,
                "The folder of the search, new or empty (default: a new one in runs/)."))
        .addOption(Command.flag("--json", "Print the result as JSON."))
        .addOption(Command.flag("--quiet", "Print only the result."));
  }

  @Override
  public int run(ParseResult arguments) {
    TrainArguments asked = TrainArguments.ofTask(arguments);
    Experiment base = asked.experiment(resolver, arguments);
    if (!base.stepping().reproducible()) {
      throw new UserError(
          "a search repeats runs, and those with asynchronous can't be repeated: leave it out of "
              + arguments.matchedPositionalValue(0, ""));
    }
    SearchSpace space = space(arguments, base, asked.request().learnerOptions().keySet());
    int episodes = Math.min(MOST_EPISODES, base.evaluation().episodes());
    double hours = arguments.matchedOptionValue("--hours", Double.POSITIVE_INFINITY);
    Study.Plan plan =
        new Study.Plan(
            arguments.matchedOptionValue(
                "--trials", hours == Double.POSITIVE_INFINITY ? TRIALS : Study.MOST_TRIALS),
            hours,
            arguments.matchedOptionValue("--seeds", SEEDS),
            arguments.matchedOptionValue("--sampler", Study.SAMPLERS.getFirst()),
            arguments.matchedOptionValue("--pruner", Study.PRUNERS.getFirst()),
            arguments.matchedOptionValue("--parallel", Runtime.getRuntime().availableProcessors()),
            arguments.matchedOptionValue("--trial-episodes", episodes),
            arguments.matchedOptionValue("--finalists", 3),
            arguments.matchedOptionValue("--final-seeds", 5));
    Path out = arguments.matchedOptionValue("--out", (Path) null);
    Path folder = out == null ? TrainCommand.folder(base, "study") : out;
    try (@Nullable Workers workers =
        ClusterOptions.join(arguments, invocation, entries, terminal)) {
      return training
          .quiet(arguments.hasMatchedOption("--quiet"))
          .json(arguments.hasMatchedOption("--json"))
          .interval(Training.interval(arguments))
          .workers(workers)
          .run(new Study(folder, base, space, plan));
    }
  }

  /** The learner's space as a file and the words change it, without what the words fix. */
  private SearchSpace space(ParseResult arguments, Experiment base, Set<String> said) {
    String learner = base.learner().id();
    Optional<SearchSpace> own = spaces.of(learner);
    SearchSpace space = own.orElseGet(SearchSpace::empty);
    Path file = arguments.matchedOptionValue("--space", (Path) null);
    if (file != null) {
      space =
          space.changed(
              spaces.read(Document.parse(file.toString(), TextFile.read(file, "a search space"))));
    }
    Map<String, String> words = arguments.matchedOptionValue("--search", Map.of());
    if (!words.isEmpty()) {
      Map<String, Distribution> parameters = new LinkedHashMap<>();
      words.forEach((name, text) ->
          parameters.put(name, Distribution.of(name, text.startsWith("[") ? list(text) : text)));
      space = space.changed(new SearchSpace(space.source(), parameters, Map.of()));
    }
    OptionSchema<?> options = entries.get(LearnerEntry.class, learner).options();
    Set<String> fixed =
        said.stream().map(name -> OptionNames.of(options, name)).collect(Collectors.toSet());
    space = space.without(option -> fixed.contains(OptionNames.of(options, option)));
    if (space.parameters().isEmpty()) {
      throw new UserError(
          "there is nothing to search: "
              + (own.isEmpty()
                  ? "no search space comes with " + learner
                  : "--set says all that its space holds")
              + "; name parameters with --search, as in --search step_size=log:0.01:1, or a file"
              + " with --space; ./rl learners "
              + learner
              + " lists its options");
    }
    return space;
  }

  private static @Nullable Object list(String text) {
    return Document.parse("--search", "choices: " + text).entries().get("choices");
  }
}
