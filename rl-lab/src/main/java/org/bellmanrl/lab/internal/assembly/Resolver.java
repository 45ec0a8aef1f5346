package org.bellmanrl.lab.internal.assembly;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.Evaluation;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.lab.internal.preset.Preset;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Stepping;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Completes a {@link TrainingRequest}: what it leaves open is as in the run that it begins with,
 * else as in the most specific preset that fits, else a default.
 */
public final class Resolver {
  private static final Budget DEFAULT_BUDGET = Budget.steps(100_000);
  private static final int DEFAULT_EVALUATION_EPISODES = 100;

  private final EntryLookup entries;
  private final Presets presets;

  @Inject
  public Resolver(EntryLookup entries, Presets presets) {
    this.entries = entries;
    this.presets = presets;
  }

  /** Completes requests with the presets that class loaders find, and those of this program. */
  public Resolver(EntryLookup entries, List<? extends ClassLoader> loaders) {
    this(entries, new Presets(loaders));
  }

  /**
   * What holds where a request says nothing.
   *
   * @param settings of the learner; without those that have their defaults
   * @param wrappers of the task, those of the request among them
   * @param limit empty for the task's own
   * @param source where all of this comes from, in words
   */
  private record Base(
      Map<String, @Nullable Object> settings,
      int rows,
      Stepping stepping,
      List<Experiment.Part> wrappers,
      OptionalInt limit,
      Budget budget,
      Evaluation.Plan evaluation,
      String source) {
    static Base of(Optional<Preset> preset, TrainingRequest request) {
      return new Base(
          preset.map(Preset::options).orElse(Map.of()),
          preset.map(Preset::rows).orElse(1),
          Stepping.IN_TURN,
          preset
              .map(p -> p.around(request.wrappers()))
              .orElse(Objects.requireNonNullElse(request.wrappers(), List.of())),
          preset.map(Preset::maxEpisodeSteps).orElse(OptionalInt.empty()),
          preset.map(Preset::budget).orElse(DEFAULT_BUDGET),
          new Evaluation.Plan(
              preset.map(Preset::evaluationEpisodes).orElse(DEFAULT_EVALUATION_EPISODES),
              request.seed(),
              preset.map(Preset::evaluationSeeds).orElse(List.of()),
              Evaluation.Plan.DEFAULT_MAX_EPISODE_STEPS),
          preset.map(Preset::source).orElse(""));
    }

    static Base of(Experiment old, TrainingRequest request) {
      return new Base(
          old.learner().options(),
          old.rows(),
          old.stepping(),
          Objects.requireNonNullElse(request.wrappers(), old.wrappers()),
          OptionalInt.empty(),
          old.budget(),
          old.withSeed(request.seed()).evaluation(),
          "as in " + request.from());
    }
  }

  /** Whether a request names the environment as its learner, and the learner as its environment. */
  public boolean isSwapped(TrainingRequest request) {
    return entries.isLearner(request.environment())
        && entries.isEnvironment(request.learner())
        && !entries.isEnvironment(request.environment());
  }

  /**
   * Settles everything that a request leaves open.
   *
   * @throws UserError if a part of it is unknown or refuses its options
   */
  public Experiment resolve(TrainingRequest request) {
    @Nullable Experiment old =
        request.from().isEmpty() ? null : StoredRun.open(Path.of(request.from())).experiment();
    EnvironmentEntry environment =
        entries.get(
            EnvironmentEntry.class,
            old != null && request.environment().isEmpty()
                ? old.environment().id()
                : request.environment());
    LearnerEntry learner =
        entries.learner(
            old != null && request.learner().isEmpty() ? old.learner().id() : request.learner(),
            environment);
    Map<String, @Nullable Object> said = new LinkedHashMap<>(request.environmentOptions());
    OptionalInt limit = LimitOption.take(environment, said);
    if (old != null && old.environment().id().equals(environment.id())) {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>(old.environment().options());
      OptionNames.override(changed, said, environment.options());
      said = changed;
      if (limit.isEmpty()) {
        limit = OptionalInt.of(old.maxEpisodeSteps());
      }
    }
    Map<String, @Nullable Object> task = EntryLookup.complete(environment, said);
    Base base =
        old != null && old.learner().id().equals(learner.id())
            ? Base.of(old, request)
            : Base.of(
                presets.find(
                    learner.id(),
                    environment.id(),
                    p -> holds(p, environment, task, wrappers(request))),
                request);
    if (limit.isEmpty()) {
      limit = base.limit();
    }
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(base.settings());
    OptionNames.override(settings, request.learnerOptions(), learner.options());
    Budget budget = Objects.requireNonNullElse(request.budget(), base.budget());
    return new Experiment(
        new Experiment.Part(learner.id(), EntryLookup.complete(learner, settings)),
        new Experiment.Part(environment.id(), task),
        request.rows().orElse(base.rows()),
        base.stepping(),
        complete(WrapperEntry.class, base.wrappers()),
        limit.orElseGet(() -> spec(environment, task).maxEpisodeSteps()),
        request.seed(),
        budget,
        Objects.requireNonNullElse(request.schedules(), budget),
        Objects.requireNonNullElse(request.evaluation(), base.evaluation()),
        request.trials(),
        complete(ListenerEntry.class, request.listeners()),
        request.from(),
        base.source());
  }

  private List<Experiment.Part> complete(
      Class<? extends Entry> kind, List<Experiment.Part> written) {
    return written.stream()
        .map(part -> {
          Entry entry = entries.get(kind, part.id());
          return new Experiment.Part(entry.id(), EntryLookup.complete(entry, part.options()));
        })
        .toList();
  }

  private static EnvironmentSpec spec(EnvironmentEntry entry, Map<String, ?> options) {
    try (Environment environment = EntryLookup.made(entry, () -> entry.create(options))) {
      return environment.spec();
    }
  }

  /** The wrappers of a request. */
  private List<Experiment.Part> wrappers(TrainingRequest request) {
    return complete(WrapperEntry.class, Objects.requireNonNullElse(request.wrappers(), List.of()));
  }

  /** Whether the task's options, observations and wrappers are those that a preset is for. */
  private boolean holds(
      Preset preset, EnvironmentEntry entry, Map<String, ?> task, List<Experiment.Part> wrappers) {
    Map<String, ?> wanted = EntryLookup.complete(entry, preset.when());
    return preset.when().keySet().stream()
            .allMatch(name -> Objects.equals(wanted.get(name), task.get(name)))
        && preset
            .observations()
            .filter(kind -> !kind.matches(spec(entry, task).observationSpace()))
            .isEmpty()
        && (preset.wrapped().isEmpty()
            || wrappers.equals(complete(WrapperEntry.class, preset.wrapped())));
  }
}
