package org.bellmanrl.lab.internal.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.assembly.Wrapping;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.SeedGroup;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.run.TrialPlan;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the words of a command line, or the file that they name, ask to be trained.
 *
 * @param request what
 * @param stepping what was said of how far rows are stepped ahead of learning
 * @param seeds from how many seeds; 0 if that was not said: one, without a folder around it
 */
record TrainArguments(TrainingRequest request, Stepping.Said stepping, int seeds) {
  private static final String EVAL_EPISODES = "--eval-episodes";
  private static final String ASYNCHRONOUS = "--asynchronous";
  private static final String TRIALS = "--trials";
  private static final String TRIAL_EPISODES = "--trial-episodes";

  /** Adds the words that say what is trained on what, and for how long. */
  static CommandSpec addTaskTo(CommandSpec spec) {
    return spec.addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("LEARNER|FILE")
                .type(String.class)
                .arity("0..1")
                .description(
                    "The learner (./rl learners lists them), or the YAML file of an experiment.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .index("1")
                .paramLabel("ENV")
                .type(String.class)
                .arity("0..1")
                .description("The environment (./rl envs lists them); none with a file.")
                .build())
        .addOption(settings("--set", "Set an option of the learner. May be repeated."))
        .addOption(settings("--env", "Set an option of the environment. May be repeated."))
        .addOption(
            parts(
                "--wrap",
                "Put a wrapper around the environment (./rl wrappers lists them). May be"
                    + " repeated, the innermost first. Replaces the wrappers of a preset; 'none'"
                    + " removes them."))
        .addOption(
            Command.option(
                "--envs",
                "N",
                Integer.class,
                "Number of environments that are stepped together (default: the preset's, else 1)."))
        .addOption(
            Command.option(
                "--round",
                "K",
                Integer.class,
                "Number of steps that every environment takes before the learner learns from"
                    + " them (default: 1). With more than 1, which off-policy learners allow, other"
                    + " machines can step the environments."))
        .addOption(
            Command.flag(
                "--overlap",
                "Step each round while the learner learns from the round before, with a policy"
                    + " that is one round old. Changes the result."))
        .addOption(Command.option("--episodes", "N", Long.class, "Train for N episodes."))
        .addOption(
            Command.option(
                "--steps",
                "N",
                Long.class,
                "Train for N steps (default: the preset's steps or episodes, else 100000 steps)."))
        .addOption(
            Command.option(
                "--seed", "S", Long.class, "The seed of everything random (default: 0)."));
  }

  /** Adds the words. */
  static CommandSpec addTo(CommandSpec spec) {
    return addTaskTo(spec)
        .addOption(
            Command.option(
                ASYNCHRONOUS,
                "N",
                Integer.class,
                "Let workers step each environment up to N rounds ahead of learning, without"
                    + " waiting for one another. The result is not reproducible."))
        .addOption(
            Command.option(
                "--seeds",
                "N",
                Integer.class,
                "Train with the N seeds from --seed on, side by side. Each run is the same as"
                    + " on its own."))
        .addOption(
            Command.option(
                TRIALS,
                "STEPS",
                Long.class,
                "Evaluate the policy every STEPS steps, in a trial, and keep the best one."))
        .addOption(
            Command.option(
                TRIAL_EPISODES, "N", Integer.class, "Number of episodes of a trial (default: 10)."))
        .addOption(
            Command.option(
                EVAL_EPISODES,
                "N",
                Integer.class,
                "Number of episodes that evaluate the learned policy (default: the preset's, else 100)."))
        .addOption(
            Command.option(
                "--stop-at",
                "RETURN",
                Double.class,
                "Stop when the mean return of a trial reaches RETURN."))
        .addOption(
            Command.option(
                "--patience", "N", Integer.class, "Stop after N trials without improvement."))
        .addOption(
            parts(
                "--listen",
                "Add a listener, which logs or stops training (./rl listeners lists them). May"
                    + " be repeated. Replaces the listeners of a file; 'none' removes them."))
        .addOption(
            Command.option(
                "--from",
                "RUN",
                String.class,
                "Start from what the learner of another run learned, with the settings of that run."));
  }

  static OptionSpec settings(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("NAME=VALUE")
        .type(Map.class)
        .auxiliaryTypes(String.class, String.class)
        .arity("1")
        .description(description)
        .build();
  }

  private static OptionSpec parts(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("ID[:NAME=VALUE,…]")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(description)
        .build();
  }

  /** Reads the words; what they say takes the place of what a file says. */
  static TrainArguments of(ParseResult arguments) {
    return of(arguments, false);
  }

  /** As {@link #of(ParseResult)}, of a search, which has its own seeds and trials. */
  static TrainArguments ofTask(ParseResult arguments) {
    return of(arguments, true);
  }

  private static TrainArguments of(ParseResult arguments, boolean search) {
    String first = arguments.matchedPositionalValue(0, "");
    String second = arguments.matchedPositionalValue(1, "");
    TrainArguments file;
    if (first.endsWith(".yaml") || first.endsWith(".yml")) {
      if (!second.isEmpty()) {
        throw new UserError(
            "an experiment's file says which environment: leave '" + second + "' out");
      }
      file = ExperimentFile.read(Path.of(first));
    } else if (first.isEmpty() && arguments.hasMatchedOption("--from")) {
      file = ExperimentFile.none("", "");
    } else if (first.isEmpty()) {
      throw new UserError(
          "'LEARNER|FILE' is missing: say which learner, ./rl learners lists them; or give a file"
              + " that ends in .yaml");
    } else if (second.isEmpty()) {
      throw new UserError(
          "'ENV' is missing: say which environment, ./rl envs lists them; or give a file that ends"
              + " in .yaml");
    } else {
      file = ExperimentFile.none(first, second);
    }
    TrainingRequest base = file.request;
    long seed = arguments.matchedOptionValue("--seed", base.seed());
    if (seed < 0) {
      throw new UserError("--seed must be at least 0, was " + seed);
    }
    OptionalInt rows = rows(arguments);
    TrainingRequest request =
        new TrainingRequest(
            base.learner(),
            base.environment(),
            merged(base.learnerOptions(), arguments.matchedOptionValue("--set", Map.of())),
            merged(base.environmentOptions(), arguments.matchedOptionValue("--env", Map.of())),
            rows.isPresent() ? rows : base.rows(),
            wrappers(arguments, base.wrappers()),
            budget(arguments, base.budget()),
            hasBudget(arguments) ? null : base.schedules(),
            search ? TrialPlan.NONE : trials(arguments, base.trials()),
            evaluation(arguments, base, seed),
            listeners(arguments, base.listeners()),
            from(arguments.matchedOptionValue("--from", base.from())),
            seed);
    int seeds = search ? 0 : seeds(arguments, file.seeds);
    if (seeds > 0 && seed > Long.MAX_VALUE - (seeds - 1)) {
      throw new UserError(
          "--seeds %d from --seed %d would need seeds above %d, the largest: take a smaller --seed"
              .formatted(seeds, seed, Long.MAX_VALUE));
    }
    return new TrainArguments(request, stepping(arguments).or(file.stepping), seeds);
  }

  /**
   * Refuses an environment before the learner.
   *
   * @param arguments the words that this was read from
   */
  private void checkOrder(Resolver resolver, ParseResult arguments) {
    if (arguments.hasMatchedPositional(1) && resolver.isSwapped(request)) {
      throw new UserError(
          "the learner comes before the environment: %s %s %s"
              .formatted(
                  arguments.commandSpec().qualifiedName(),
                  request.environment(),
                  request.learner()));
    }
  }

  /**
   * Settles everything that was left open.
   *
   * @param arguments the words that this was read from
   */
  Experiment experiment(Resolver resolver, ParseResult arguments) {
    checkOrder(resolver, arguments);
    Experiment experiment = resolver.resolve(request);
    try {
      return experiment.withStepping(stepping.over(experiment.stepping()));
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }

  /** As {@link Experiment#withSeed}: the seed of judging follows if it is the file's own. */
  private static Evaluation.@Nullable Plan evaluation(
      ParseResult arguments, TrainingRequest file, long seed) {
    Evaluation.Plan plan = file.evaluation();
    Integer episodes = arguments.matchedOptionValue(EVAL_EPISODES, (Integer) null);
    if (episodes != null) {
      atLeastOne(EVAL_EPISODES, episodes);
      Evaluation.Plan asked = Evaluation.Plan.episodes(episodes);
      return plan == null
          ? asked.withSeed(seed)
          : asked
              .withSeed(plan.seed() == file.seed() ? seed : plan.seed())
              .withMaxEpisodeSteps(plan.maxEpisodeSteps());
    }
    return plan != null && plan.seed() == file.seed() ? plan.withSeed(seed) : plan;
  }

  /** Of several seeds the run that did best. */
  private static String from(String run) {
    Path path = Path.of(run);
    return !run.isEmpty() && SeedGroup.isGroup(path) ? SeedGroup.open(path).best().toString() : run;
  }

  private static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> file, Map<String, String> said) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(file);
    all.putAll(said);
    return all;
  }

  private static int seeds(ParseResult arguments, int others) {
    if (!arguments.hasMatchedOption("--seeds")) {
      return others;
    }
    int seeds = arguments.matchedOptionValue("--seeds", 1);
    if (seeds < 1 || seeds > SeedGroup.MOST_SEEDS) {
      throw new UserError(
          "--seeds must be in [1, %d], was %d".formatted(SeedGroup.MOST_SEEDS, seeds));
    }
    return seeds;
  }

  private static TrialPlan trials(ParseResult arguments, TrialPlan others) {
    try {
      TrialPlan plan =
          new TrialPlan(
              arguments.matchedOptionValue(TRIALS, others.every()),
              arguments.matchedOptionValue(TRIAL_EPISODES, others.episodes()),
              arguments.matchedOptionValue("--stop-at", others.stopAt()),
              arguments.matchedOptionValue("--patience", others.patience()));
      if (!plan.wanted()) {
        Command.refuse(
            arguments, List.of(TRIAL_EPISODES), "is about trials: say " + TRIALS + " STEPS too");
      }
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage() + ", for example --trials 10000", e);
    }
  }

  private static @Nullable List<Experiment.Part> wrappers(
      ParseResult arguments, @Nullable List<Experiment.Part> others) {
    List<String> texts = arguments.matchedOptionValue("--wrap", List.of());
    return texts.isEmpty() ? others : Wrapping.parse("--wrap", texts);
  }

  private static List<Experiment.Part> listeners(
      ParseResult arguments, List<Experiment.Part> others) {
    List<String> texts = arguments.matchedOptionValue("--listen", List.of());
    return texts.isEmpty() ? others : Wrapping.parse("--listen", texts);
  }

  private static OptionalInt rows(ParseResult arguments) {
    Integer rows = arguments.matchedOptionValue("--envs", (Integer) null);
    if (rows == null) {
      return OptionalInt.empty();
    }
    if (rows < 1 || rows > Experiment.MAX_ROWS) {
      throw new UserError("--envs must be in [1, %d], was %d".formatted(Experiment.MAX_ROWS, rows));
    }
    return OptionalInt.of(rows);
  }

  private static Stepping.Said stepping(ParseResult arguments) {
    return new Stepping.Said(
        whole(arguments, "--round"),
        arguments.hasMatchedOption("--overlap") ? Optional.of(true) : Optional.empty(),
        whole(arguments, ASYNCHRONOUS));
  }

  private static OptionalInt whole(ParseResult arguments, String option) {
    Integer said = arguments.matchedOptionValue(option, (Integer) null);
    return said == null ? OptionalInt.empty() : OptionalInt.of(said);
  }

  private static boolean hasBudget(ParseResult arguments) {
    return arguments.hasMatchedOption("--episodes") || arguments.hasMatchedOption("--steps");
  }

  /** What {@code --steps} or {@code --episodes} say; otherwise what something else does. */
  static @Nullable Budget budget(ParseResult arguments, @Nullable Budget others) {
    Long episodes = arguments.matchedOptionValue("--episodes", (Long) null);
    Long steps = arguments.matchedOptionValue("--steps", (Long) null);
    if (episodes != null && steps != null) {
      throw new UserError("give --episodes or --steps, not both");
    }
    if (episodes != null) {
      return Budget.episodes(atLeastOne("--episodes", episodes));
    }
    return steps == null ? others : Budget.steps(atLeastOne("--steps", steps));
  }

  private static long atLeastOne(String option, long value) {
    if (value < 1) {
      throw new UserError(option + " must be at least 1, was " + value);
    }
    return value;
  }
}
