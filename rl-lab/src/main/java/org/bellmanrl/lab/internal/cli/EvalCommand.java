package org.bellmanrl.lab.internal.cli;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Judgement;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.Json;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code rl eval RUN}: judges the policy of a run, or one that is there without. */
final class EvalCommand implements Command {

  private static final int READY_EPISODES = 100;

  private final Terminal terminal;
  private final Assembler assembler;

  @Inject
  EvalCommand(Terminal terminal, Assembler assembler) {
    this.terminal = terminal;
    this.assembler = assembler;
  }

  static CommandSpec spec() {
    CommandSpec spec =
        Command.spec(EvalCommand.class, "eval", "Evaluate the learned policy of a run.");
    return ReadyPolicy.addTo(spec)
        .addOption(
            Command.option(
                "--episodes",
                "N",
                Integer.class,
                "Number of episodes (default: as many as after training)."))
        .addOption(
            Command.option(
                "--seed", "S", Long.class, "The seed of the episodes (default: the run's)."))
        .addOption(
            Command.option(
                "--seeds",
                "LIST|FILE",
                String.class,
                "Play one episode for each of these seeds of reset: a list such as 7,8,9, or a"
                    + " file with one."))
        .addOption(
            Command.flag("--best", "Use the policy that did best in a trial, not the last one."))
        .addOption(
            Command.flag("--stochastic", "Let the policy explore as it did during learning."))
        .addOption(Command.flag("--json", "Print the result as JSON."));
  }

  @Override
  public int run(ParseResult arguments) {
    Optional<ReadyPolicy> ready = ReadyPolicy.of(arguments);
    if (ready.isPresent()) {
      judge(ready.get(), arguments);
      return OK;
    }
    Path path = Path.of(arguments.matchedPositionalValue(0, ""));
    Optional<SeedGroup> group = RunArguments.group(path, assembler);
    if (group.isPresent()) {
      judge(group.get(), arguments);
      return OK;
    }
    StoredRun run = StoredRun.open(path);
    Experiment experiment = run.experiment();
    Evaluation.Plan plan = plan(arguments, experiment.evaluation());
    Judgement judgement = judgement(run, plan, arguments);
    if (arguments.hasMatchedOption("--json")) {
      terminal.line(Json.text(entries(run, plan, judgement)));
    } else {
      terminal.line(experiment.seededTitle() + ": " + judgement.line());
    }
    return OK;
  }

  private Judgement judgement(StoredRun run, Evaluation.Plan plan, ParseResult arguments) {
    try (VectorEnvironment environment = assembler.judged(run.experiment())) {
      Learner learner =
          arguments.hasMatchedOption("--best")
              ? assembler.restoredBest(run, environment)
              : assembler.restored(run, environment);
      Policy policy =
          arguments.hasMatchedOption("--stochastic") ? learner.behaviour() : learner.policy();
      return judged(environment, policy, plan);
    }
  }

  private Judgement judged(VectorEnvironment environment, Policy policy, Evaluation.Plan plan) {
    // Elsewhere than in a terminal, programs may read what is printed.
    if (!terminal.interactive()) {
      return Judgement.of(Evaluation.of(environment, policy, plan));
    }
    try (JudgingLine line = new JudgingLine(terminal, plan.episodes())) {
      return Judgement.of(Evaluation.of(environment, policy, plan, List.of(line)));
    }
  }

  /** Judges the policy of each seed; those that can't be opened cost a warning. */
  private void judge(SeedGroup group, ParseResult arguments) {
    Map<Long, Judgement> judgements = new LinkedHashMap<>();
    for (long seed : group.seeds()) {
      try {
        StoredRun run = StoredRun.open(group.folder(seed));
        Evaluation.Plan plan = plan(arguments, run.experiment().evaluation());
        judgements.put(seed, judgement(run, plan, arguments));
      } catch (UserError e) {
        terminal.warning(String.valueOf(e.getMessage()));
      }
    }
    if (judgements.isEmpty()) {
      throw new UserError("no run in " + group.path() + " can be evaluated");
    }
    SeedResults results = new SeedResults(judgements);
    if (arguments.hasMatchedOption("--json")) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("run", group.path().toString());
      entries.put("learner", group.experiment().learner().id());
      entries.put("environment", group.experiment().environment().id());
      entries.putAll(results.entries());
      terminal.line(Json.text(entries));
    } else {
      results.lines().forEach(terminal::line);
      terminal.line(results.line());
    }
  }

  private void judge(ReadyPolicy ready, ParseResult arguments) {
    Command.refuse(
        arguments,
        List.of("--best", "--stochastic"),
        "is for a run, and " + ready.name() + " is " + ready.details());
    Evaluation.Plan plan = plan(arguments, Evaluation.Plan.episodes(READY_EPISODES));
    Judgement judgement;
    try (VectorEnvironment environment = ready.environment(assembler)) {
      Policy policy = ready.policy(assembler, environment);
      judgement = judged(environment, policy, plan);
    }
    if (arguments.hasMatchedOption("--json")) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      entries.put("policy", ready.name());
      entries.put("environment", ready.task());
      entries.put("seed", plan.seed());
      entries.putAll(judgement.entries());
      terminal.line(Json.text(entries));
    } else {
      terminal.line(ready.name() + " on " + ready.task() + ": " + judgement.line());
    }
  }

  private static Map<String, @Nullable Object> entries(
      StoredRun run, Evaluation.Plan plan, Judgement judgement) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("run", run.path().toString());
    entries.put("learner", run.experiment().learner().id());
    entries.put("environment", run.experiment().environment().id());
    entries.put("trainingSeed", run.experiment().seed());
    entries.put("seed", plan.seed());
    if (!plan.seeds().isEmpty()) {
      entries.put("seeds", plan.seeds());
    }
    entries.putAll(judgement.entries());
    return entries;
  }

  private static Evaluation.Plan plan(ParseResult arguments, Evaluation.Plan own) {
    int episodes = arguments.matchedOptionValue("--episodes", own.episodes());
    long seed = arguments.matchedOptionValue("--seed", own.seed());
    if (episodes < 1) {
      throw new UserError("--episodes must be at least 1, was " + episodes);
    }
    if (seed < 0) {
      throw new UserError("--seed must be at least 0, was " + seed);
    }
    String list = arguments.matchedOptionValue("--seeds", (String) null);
    List<Long> seeds = own.seeds();
    if (list != null) {
      seeds = seeds(list);
      if (arguments.hasMatchedOption("--episodes") && episodes != seeds.size()) {
        throw new UserError(
            "--episodes "
                + episodes
                + " and "
                + seeds.size()
                + " --seeds don't go together; leave"
                + " --episodes out");
      }
    } else if (arguments.hasMatchedOption("--episodes") || arguments.hasMatchedOption("--seed")) {
      return new Evaluation.Plan(episodes, seed, List.of(), own.maxEpisodeSteps());
    }
    return new Evaluation.Plan(
        seeds.isEmpty() ? episodes : seeds.size(), seed, seeds, own.maxEpisodeSteps());
  }

  /** Numbers between commas or white space, given as they stand or in a file. */
  private static List<Long> seeds(String given) {
    boolean inline = given.chars().allMatch(c -> Character.isDigit(c) || c == ',' || c == ' ');
    String text = inline ? given : content(given);
    List<Long> seeds = new ArrayList<>();
    for (String word : text.strip().replaceAll("^\\[|]$", "").strip().split("[,\\s]+", -1)) {
      try {
        long seed = Long.parseLong(word);
        if (seed >= 0) {
          seeds.add(seed);
          continue;
        }
      } catch (NumberFormatException e) {
        // said below, like a negative one
      }
      String shown = word.length() <= 40 ? word : word.substring(0, 40) + "…";
      throw new UserError(
          "--seeds must be whole numbers of at least 0, such as 7,8,9, or a file of them; found '"
              + shown
              + "'"
              + (inline ? "" : " in " + given));
    }
    return seeds;
  }

  private static String content(String file) {
    try {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path)) {
        throw new UserError(
            "--seeds must be whole numbers such as 7,8,9 or a file of them; there is no file '"
                + file
                + "'");
      }
      return TextFile.read(path, "a list of seeds");
    } catch (InvalidPathException e) {
      throw new UserError("cannot read the seeds in '" + file + "': " + e.getMessage(), e);
    }
  }
}
