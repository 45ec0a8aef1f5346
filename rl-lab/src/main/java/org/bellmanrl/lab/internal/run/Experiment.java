package org.bellmanrl.lab.internal.run;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run depends on: the same experiment gives the same run.
 *
 * @param learner what learns, with every option
 * @param environment the task, with every option
 * @param rows how many environments are stepped together, at least 1
 * @param stepping how far rows are stepped ahead of learning
 * @param wrappers what is put around the task, the innermost first, each with every option
 * @param maxEpisodeSteps after how many steps an episode is cut; 0 for never
 * @param seed the master seed, at least 0
 * @param budget when training ends
 * @param schedules what schedules take their fraction of: the budget, unless the run was made
 *     longer
 * @param evaluation how the result is judged
 * @param trials how the policy is tried out while it is learned
 * @param listeners the listeners of training, in the order of calls, each with every option
 * @param from the run folder whose learner this one begins with; empty for a beginner
 * @param preset where the settings come from, in words; empty if they are the learner's defaults
 */
@RecordBuilder
public record Experiment(
    Part learner,
    Part environment,
    int rows,
    Stepping stepping,
    List<Part> wrappers,
    int maxEpisodeSteps,
    long seed,
    Budget budget,
    Budget schedules,
    Evaluation.Plan evaluation,
    TrialPlan trials,
    List<Part> listeners,
    String from,
    String preset)
    implements ExperimentBuilder.With {
  public Experiment {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, was " + rows);
    }
    wrappers = List.copyOf(wrappers);
    listeners = List.copyOf(listeners);
  }

  /** Most environments that may be stepped together. */
  public static final int MAX_ROWS = 1 << 16;

  /**
   * A registered thing and its options.
   *
   * @param id under which it is registered
   * @param options every option's value, of the types that a file can hold
   */
  public record Part(String id, Map<String, @Nullable Object> options) {
    public Part {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Reads the parts that a file lists; none if it has no such list. */
    public static List<Part> list(Document document, String name) {
      return document.has(name)
          ? document.mappings(name).stream().map(Experiment::listed).toList()
          : List.of();
    }
  }

  /**
   * Returns this experiment with another seed. The evaluation seed becomes the new seed too, unless
   * it was chosen separately.
   */
  @Override
  public Experiment withSeed(long master) {
    Experiment other = ExperimentBuilder.With.super.withSeed(master);
    return evaluation.seed() == seed ? other.withEvaluation(evaluation.withSeed(master)) : other;
  }

  /** What learns on what, for people. */
  public String title() {
    return learner.id() + " on " + environment.id();
  }

  /** The title with the seed, which tells runs of the same apart. */
  public String seededTitle() {
    return title() + ", seed " + seed;
  }

  /** What a file holds of this. */
  public Map<String, @Nullable Object> entries() {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("learner", part(learner));
    Map<String, @Nullable Object> task = part(environment);
    task.put("max_episode_steps", maxEpisodeSteps);
    entries.put("environment", task);
    entries.put("environments", rows);
    stepping.writeTo(entries);
    entries.put("wrappers", wrappers.stream().map(Experiment::part).toList());
    entries.put("seed", seed);
    entries.put("budget", limits(budget));
    if (!schedules.equals(budget)) {
      entries.put("schedules", limits(schedules));
    }
    Map<String, Object> judging = new LinkedHashMap<>();
    judging.put("episodes", evaluation.episodes());
    judging.put("seed", evaluation.seed());
    if (!evaluation.seeds().isEmpty()) {
      judging.put("seeds", evaluation.seeds());
    }
    judging.put("max_episode_steps", evaluation.maxEpisodeSteps());
    entries.put("evaluation", judging);
    if (trials.wanted()) {
      entries.put("trials", trials.entries());
    }
    if (!listeners.isEmpty()) {
      entries.put("listeners", listeners.stream().map(Experiment::part).toList());
    }
    if (!from.isEmpty()) {
      entries.put("from", from);
    }
    entries.put("preset", preset);
    return entries;
  }

  /**
   * Reads the text of {@link #entries}.
   *
   * @param origin how messages call it
   * @throws UserError if it is something else
   */
  public static Experiment parse(String origin, String text) {
    try {
      return of(Document.parse(origin, text));
    } catch (IllegalArgumentException e) {
      throw new UserError(origin + ": " + e.getMessage(), e);
    }
  }

  /** Reads what {@link #entries} gave. */
  public static Experiment of(Document file) {
    Document task = file.mapping("environment");
    Budget budget = budget(file.mapping("budget"));
    long seed = file.whole("seed", 0, Long.MAX_VALUE);
    Experiment experiment =
        new Experiment(
            part(file.mapping("learner")),
            part(task),
            file.has("environments") ? (int) file.whole("environments", 1, MAX_ROWS) : 1,
            Stepping.Said.of(file).over(Stepping.IN_TURN),
            Part.list(file, "wrappers"),
            (int) task.whole("max_episode_steps", 0, Integer.MAX_VALUE),
            seed,
            budget,
            file.has("schedules") ? budget(file.mapping("schedules")) : budget,
            evaluation(file.mapping("evaluation"), seed),
            file.has("trials") ? TrialPlan.of(file.mapping("trials")) : TrialPlan.NONE,
            Part.list(file, "listeners"),
            file.has("from") ? file.text("from") : "",
            file.text("preset"));
    task.refuseOthers();
    return experiment;
  }

  /**
   * Reads how a result is judged; whatever is left out is as usual.
   *
   * @param seed the run's master seed
   */
  public static Evaluation.Plan evaluation(Document plan, long seed) {
    List<Long> seeds = plan.has("seeds") ? plan.wholes("seeds") : List.of();
    Evaluation.Plan evaluation =
        new Evaluation.Plan(
            plan.has("episodes")
                ? (int) plan.whole("episodes", 1, Integer.MAX_VALUE)
                : seeds.isEmpty() ? 100 : seeds.size(),
            plan.has("seed") ? plan.whole("seed", 0, Long.MAX_VALUE) : seed,
            seeds,
            plan.has("max_episode_steps")
                ? (int) plan.whole("max_episode_steps", 1, Integer.MAX_VALUE)
                : Evaluation.Plan.DEFAULT_MAX_EPISODE_STEPS);
    plan.refuseOthers();
    return evaluation;
  }

  private static final java.time.Duration FOREVER = java.time.Duration.ofNanos(Long.MAX_VALUE);

  /** Reads the limits of a run: steps, episodes, or both. */
  public static Budget budget(Document limits) {
    Budget budget = new Budget(limit(limits, "steps"), limit(limits, "episodes"), FOREVER);
    limits.refuseOthers();
    if (!limits.has("steps") && !limits.has("episodes")) {
      throw limits.refusal("must hold steps, episodes or both: without them training never ends");
    }
    return budget;
  }

  private static Map<String, Object> limits(Budget budget) {
    Map<String, Object> limits = new LinkedHashMap<>();
    if (budget.episodes() != Long.MAX_VALUE) {
      limits.put("episodes", budget.episodes());
    }
    if (budget.steps() != Long.MAX_VALUE) {
      limits.put("steps", budget.steps());
    }
    return limits;
  }

  private static long limit(Document limits, String name) {
    return limits.has(name) ? limits.whole(name, 1, Long.MAX_VALUE) : Long.MAX_VALUE;
  }

  private static Map<String, @Nullable Object> part(Part part) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("id", part.id());
    entries.put("options", part.options());
    return entries;
  }

  /** In a list a part may stand without options. */
  private static Part listed(Document document) {
    Part part =
        new Part(
            document.text("id"),
            document.has("options") ? document.mapping("options").entries() : Map.of());
    document.refuseOthers();
    return part;
  }

  private static Part part(Document document) {
    return new Part(document.text("id"), document.mapping("options").entries());
  }
}
