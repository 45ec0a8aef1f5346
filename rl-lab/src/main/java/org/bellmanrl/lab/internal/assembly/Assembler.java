package org.bellmanrl.lab.internal.assembly;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.EvaluationWrapping;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.ListenerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.EvaluationPlan;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.options.NearMatches;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.registry.UnknownIdException;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.state.BinaryState;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.lab.internal.flight.Flight;
import org.bellmanrl.lab.internal.preset.Preset;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.Numbers;
import org.bellmanrl.lab.internal.run.RunFolder;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was asked for, by ids and options, into environments, learners and trainers.
 *
 * <p>Whatever a entry, a record or a constructor refuses is answered with a {@link UserError} that
 * says which part refused.
 */
public final class Assembler {
  /** The option that every environment has, as {@code gym.make} gives it. */
  public static final String LIMIT = "max_episode_steps";

  private static final Budget DEFAULT_BUDGET = Budget.steps(100_000);
  private static final int DEFAULT_EVALUATION_EPISODES = 100;
  private static final int METRICS_INTERVAL = 100;
  private static final int MOST_LISTED = 12;
  private static final int MOST_NEAR = 3;
  private static final String OF_PLUGIN =
      "; if a plugin offers it, name the plugin's folder: --plugins DIR";

  /** The commands that list what there is of a kind. */
  private static final Map<Class<?>, String> LISTS =
      Map.of(
          EnvironmentEntry.class, "envs",
          LearnerEntry.class, "learners",
          WrapperEntry.class, "wrappers",
          ListenerEntry.class, "listeners",
          PolicyEntry.class, "policies");

  private final Registry registry;
  private final Presets presets;
  private final Plugins plugins;

  /** Assembles from what is registered. */
  public Assembler(Registry registry, Presets presets) {
    this(registry, presets, Plugins.open(List.of(), Assembler.class.getClassLoader()));
  }

  /** Assembles from what is registered, by plugins too. */
  @Inject
  Assembler(Registry registry, Presets presets, Plugins plugins) {
    this.registry = registry;
    this.presets = presets;
    this.plugins = plugins;
  }

  /** What there is. */
  public Registry registry() {
    return registry;
  }

  /** Settles everything that a request left open, from the most specific preset that fits. */
  public Experiment resolve(Request request) {
    @Nullable Experiment old = former(request);
    EnvironmentEntry environment =
        environmentEntry(
            old != null && request.environment().isEmpty()
                ? old.environment().id()
                : request.environment());
    LearnerEntry learner =
        learnerEntry(
            old != null && request.learner().isEmpty() ? old.learner().id() : request.learner(),
            environment);
    Map<String, @Nullable Object> said = new LinkedHashMap<>(request.environmentOptions());
    OptionalInt saidLimit = takeLimit(environment, said);
    if (old != null && old.environment().id().equals(environment.id())) {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>(old.environment().options());
      override(changed, said, environment.options());
      said = changed;
      if (saidLimit.isEmpty()) {
        saidLimit = OptionalInt.of(old.maxEpisodeSteps());
      }
    }
    Map<String, @Nullable Object> task = values(environment, said);
    if (old != null && old.learner().id().equals(learner.id())) {
      return goingOn(request, old, learner, new Experiment.Part(environment.id(), task), saidLimit);
    }
    Optional<Preset> preset =
        presets.find(learner.id(), environment.id(), p -> holds(p, environment, task));

    Map<String, @Nullable Object> settings =
        new LinkedHashMap<>(preset.map(Preset::options).orElse(Map.of()));
    override(settings, request.learnerOptions(), learner.options());

    List<Experiment.Part> wrappers =
        Objects.requireNonNullElseGet(
            request.wrappers(), () -> preset.map(Preset::wrappers).orElse(List.of()));

    int limit =
        saidLimit.isPresent()
            ? saidLimit.getAsInt()
            : preset
                .map(Preset::maxEpisodeSteps)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .orElseGet(() -> ownLimit(environment, task));
    EvaluationPlan usual =
        new EvaluationPlan(
            preset.map(Preset::evaluationEpisodes).orElse(DEFAULT_EVALUATION_EPISODES),
            request.seed(),
            preset.map(Preset::evaluationSeeds).orElse(List.of()),
            EvaluationPlan.DEFAULT_MAX_EPISODE_STEPS);
    Budget budget =
        Objects.requireNonNullElseGet(
            request.budget(), () -> preset.map(Preset::budget).orElse(DEFAULT_BUDGET));
    return new Experiment(
        new Experiment.Part(learner.id(), values(learner, settings)),
        new Experiment.Part(environment.id(), task),
        request.rows().orElseGet(() -> preset.map(Preset::rows).orElse(1)),
        1,
        wrappers.stream().map(part -> complete(wrapperEntry(part.id()), part)).toList(),
        limit,
        request.seed(),
        budget,
        Objects.requireNonNullElse(request.schedules(), budget),
        Objects.requireNonNullElse(request.evaluation(), usual),
        request.trials(),
        request.listeners().stream().map(part -> complete(listenerEntry(part.id()), part)).toList(),
        request.from(),
        preset.map(Preset::source).orElse(""));
  }

  /**
   * An experiment with other options of its learner.
   *
   * @param options those that change
   * @param source where they come from, in words
   * @throws UserError if the learner refuses them
   */
  public Experiment changed(
      Experiment experiment, Map<String, @Nullable Object> options, String source) {
    LearnerEntry learner = recorded(LearnerEntry.class, experiment.learner().id());
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(experiment.learner().options());
    override(settings, options, learner.options());
    return experiment.withLearner(
        new Experiment.Part(learner.id(), values(learner, settings)), source);
  }

  /** The name of a learner's option that may be written in another way or be an alias. */
  public String optionName(String learner, String written) {
    for (OptionSchema.Description option : learnerEntry(learner).options().descriptions()) {
      if (isNamed(option, written)) {
        return option.name();
      }
    }
    return written;
  }

  /**
   * The plugins that an experiment uses: the file, version and check sum of each, by name.
   *
   * @throws UserError if a part of the experiment is not registered
   */
  public List<Map<String, String>> plugins(Experiment experiment) {
    Set<String> origins = new LinkedHashSet<>();
    origins.add(recorded(LearnerEntry.class, experiment.learner().id()).origin());
    origins.add(recorded(EnvironmentEntry.class, experiment.environment().id()).origin());
    experiment
        .wrappers()
        .forEach(part -> origins.add(recorded(WrapperEntry.class, part.id()).origin()));
    experiment
        .listeners()
        .forEach(part -> origins.add(recorded(ListenerEntry.class, part.id()).origin()));
    for (ValueFunctionEntry entry : registry.all(ValueFunctionEntry.class)) {
      if (experiment.learner().options().containsValue(entry.id())) {
        origins.add(entry.origin());
      }
    }
    return origins.stream().flatMap(origin -> plugins.about(origin).stream()).toList();
  }

  /** What the run was that a new one begins with; null for a beginner. */
  private static @Nullable Experiment former(Request request) {
    return request.from().isEmpty() ? null : RunFolder.open(Path.of(request.from())).experiment();
  }

  /** Settles what a request left open as it was in the run that the new one begins with. */
  private Experiment goingOn(
      Request request,
      Experiment old,
      LearnerEntry learner,
      Experiment.Part task,
      OptionalInt limit) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(old.learner().options());
    override(settings, request.learnerOptions(), learner.options());
    Budget budget = Objects.requireNonNullElse(request.budget(), old.budget());
    return new Experiment(
        new Experiment.Part(learner.id(), values(learner, settings)),
        task,
        request.rows().orElse(old.rows()),
        old.round(),
        Objects.requireNonNullElse(request.wrappers(), old.wrappers()).stream()
            .map(part -> complete(wrapperEntry(part.id()), part))
            .toList(),
        limit.orElseGet(() -> ownLimit(environmentEntry(task.id()), task.options())),
        request.seed(),
        budget,
        Objects.requireNonNullElse(request.schedules(), budget),
        Objects.requireNonNullElseGet(
            request.evaluation(), () -> old.withSeed(request.seed()).evaluation()),
        request.trials(),
        request.listeners().stream().map(part -> complete(listenerEntry(part.id()), part)).toList(),
        request.from(),
        "as in " + request.from());
  }

  private static Experiment.Part complete(Entry entry, Experiment.Part said) {
    return new Experiment.Part(entry.id(), values(entry, said.options()));
  }

  /** The environment of an experiment as it is learned on, with all wrappers. */
  public VectorEnvironment environment(Experiment experiment) {
    return environment(experiment, experiment.rows());
  }

  /** The same with another number of rows. */
  public VectorEnvironment environment(Experiment experiment, int rows) {
    return within(experiment.wrappers(), bare(experiment, rows));
  }

  private VectorEnvironment within(List<Experiment.Part> wrappers, VectorEnvironment bare) {
    VectorEnvironment environment = bare;
    try {
      for (Experiment.Part wrapper : wrappers) {
        environment =
            wrapped(recorded(WrapperEntry.class, wrapper.id()), wrapper.options(), environment);
      }
      return environment;
    } catch (Throwable e) {
      environment.close();
      throw e;
    }
  }

  /**
   * The environment of an experiment as results are judged and shown: rewards are the task's own,
   * and what wrappers learned no longer changes. They begin with nothing learned; see {@link
   * #restored}.
   */
  public VectorEnvironment judged(Experiment experiment) {
    try (VectorEnvironment beginning = environment(experiment)) {
      return judged(experiment, beginning);
    }
  }

  /** The environment as results are judged, with what the wrappers of another learned by now. */
  public VectorEnvironment judged(Experiment experiment, VectorEnvironment trained) {
    return around(trained, bare(experiment, 1));
  }

  private static VectorEnvironment around(VectorEnvironment trained, VectorEnvironment bare) {
    return trained instanceof EvaluationWrapping wrapping ? wrapping.around(bare) : bare;
  }

  /** The task of an experiment alone, without wrappers. */
  public VectorEnvironment bare(Experiment experiment) {
    return bare(experiment, 1);
  }

  private VectorEnvironment bare(Experiment experiment, int rows) {
    return limited(
        recorded(EnvironmentEntry.class, experiment.environment().id()),
        experiment.environment().options(),
        rows,
        OptionalInt.of(experiment.maxEpisodeSteps()));
  }

  /**
   * The environments of an experiment in more and more of its wrappers: first the task alone, then
   * in the innermost wrapper, and so on. Each contains the one before, so the last is to be closed.
   */
  public List<VectorEnvironment> layers(Experiment experiment) {
    List<VectorEnvironment> layers = new ArrayList<>(List.of(bare(experiment, 1)));
    for (Experiment.Part wrapper : experiment.wrappers()) {
      layers.add(within(List.of(wrapper), layers.getLast()));
    }
    return layers;
  }

  /** The wrapper that a part of an experiment names. */
  public Wrapper wrapper(Experiment.Part part) {
    WrapperEntry entry = recorded(WrapperEntry.class, part.id());
    return made(entry, () -> entry.create(part.options()));
  }

  /** What is doubtful about the task of an experiment, in words; empty if nothing is. */
  public Optional<String> doubt(Experiment experiment) {
    try (VectorEnvironment bare = bare(experiment, 1)) {
      return bare.capability(0, Modelled.class)
          .flatMap(modelled ->
              Reach.doubt(bare.spec(), modelled.model(), bare.capability(0, GridView.class)));
    }
  }

  /** Says so if an experiment ends before its learner learns anything; empty otherwise. */
  public Optional<String> doubtOfLearning(Experiment experiment) {
    long first = stepsToFirstUpdate(experiment.learner(), experiment.rows());
    return first <= experiment.budget().steps()
        ? Optional.empty()
        : Optional.of(
            "%s updates its networks for the first time after %d steps, and this run ends after %d: nothing will be learned; give more --steps"
                .formatted(experiment.learner().id(), first, experiment.budget().steps()));
  }

  /** Transitions that a learner with networks collects before it learns from them, at least. */
  private static long stepsToFirstUpdate(Experiment.Part learner, int rows) {
    long rollout = learner.options().get("n_steps") instanceof Number steps ? steps.longValue() : 0;
    return learner.options().get("learning_starts") instanceof Number starts
        ? starts.longValue()
        : rollout * rows;
  }

  /** An environment with options from anywhere, {@link #LIMIT} included, in one row. */
  public VectorEnvironment environment(String id, Map<String, ?> options) {
    return environments(id, options, 1);
  }

  /** Environments with options from anywhere, {@link #LIMIT} included, in several rows. */
  public VectorEnvironment environments(String id, Map<String, ?> options, int rows) {
    EnvironmentEntry entry = environmentEntry(id);
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(options);
    OptionalInt limit = takeLimit(entry, rest);
    return limited(entry, rest, rows, limit);
  }

  /** The same in wrappers, the first one innermost, as results are judged. */
  public VectorEnvironment environment(
      String id, Map<String, ?> options, List<Experiment.Part> wrappers) {
    try (VectorEnvironment wrapped = within(wrappers, environment(id, options))) {
      return around(wrapped, environment(id, options));
    }
  }

  /**
   * A trainer at the beginning of an experiment; it closes the environment.
   *
   * @param listeners hear of it in this order
   * @param around what is put around the learner
   */
  public Trainer<?> trainer(
      Experiment experiment,
      VectorEnvironment environment,
      List<Listener> listeners,
      UnaryOperator<Learner> around) {
    Trainer.Builder trainer =
        Trainer.on(environment)
            .seed(experiment.seed())
            .budget(experiment.budget())
            .schedules(experiment.schedules())
            .metricsEvery(METRICS_INTERVAL);
    listeners.forEach(trainer::listener);
    return trainer.build(
        context -> Flight.observed(around.apply(learner(experiment, context)), context.progress()));
  }

  /**
   * The listeners that an experiment asks for, by the ids under which they are registered.
   *
   * @param task what is learned on
   * @param folder where the run is kept
   */
  public List<NamedListener> listeners(Experiment experiment, EnvironmentSpec task, Path folder) {
    ListenerContext context =
        new ListenerContext(task, experiment.seed(), folder, experiment.entries());
    return experiment.listeners().stream().map(part -> listener(context, part)).toList();
  }

  private NamedListener listener(ListenerContext context, Experiment.Part part) {
    ListenerEntry entry = recorded(ListenerEntry.class, part.id());
    return new NamedListener(part.id(), made(entry, () -> entry.create(context, part.options())));
  }

  /**
   * A listener of a run.
   *
   * @param id under which it is registered
   * @param listener what hears
   */
  public record NamedListener(String id, Listener listener) {}

  /**
   * The learner of an experiment, before it has learned anything.
   *
   * @param environment says what the task is; of any number of rows
   */
  public Learner beginner(Experiment experiment, VectorEnvironment environment) {
    return learner(experiment, environment, RunProgress.at(experiment.schedules(), 0, 0));
  }

  /**
   * The same, at a place in a run.
   *
   * @param progress how far the run is, for schedules
   */
  public Learner learner(
      Experiment experiment, VectorEnvironment environment, RunProgress progress) {
    return learner(
        experiment,
        LearnerContext.of(environment, Streams.of(experiment.seed()), progress)
            .withRows(experiment.rows()));
  }

  /**
   * The learner of a run, with what it learned, as far along its schedules as it was then.
   *
   * @param environment one of {@link #judged(Experiment)}; gets what its wrappers learned
   */
  public Learner restored(RunFolder.Opened run, VectorEnvironment environment) {
    Summary end = run.summary();
    Learner learner =
        learner(
            run.experiment(),
            environment,
            RunProgress.at(run.experiment().schedules(), end.steps(), end.episodes()));
    run.restore(learner, environment);
    return learner;
  }

  /** As {@link #restored}, of the policy that did best in a trial. */
  public Learner restoredBest(RunFolder.Opened run, VectorEnvironment environment) {
    Summary.Best best = run.best();
    Learner learner =
        learner(
            run.experiment(),
            environment,
            RunProgress.at(run.experiment().schedules(), best.step(), best.episodes()));
    run.restoreBest(learner, environment);
    return learner;
  }

  /**
   * Gives a beginner what the learner of another run has learned, and the wrappers of its
   * environment what that run's have.
   *
   * @throws UserError if that is another learner or another task
   */
  public void inherit(Experiment experiment, VectorEnvironment environment, Learner learner) {
    RunFolder.Opened run = RunFolder.open(Path.of(experiment.from()));
    if (!run.experiment().learner().id().equals(experiment.learner().id())) {
      throw new UserError(
          "%s holds what %s learned, which %s can't begin with"
              .formatted(
                  experiment.from(), run.experiment().learner().id(), experiment.learner().id()));
    }
    // Rows of the other run don't matter: what wrappers remember of episodes is not inherited.
    try (VectorEnvironment one = judged(experiment)) {
      run.restore(learner, one);
      Optional<ObservationTransform> learned = one.capability(0, ObservationTransform.class);
      Optional<ObservationTransform> own = environment.capability(0, ObservationTransform.class);
      if (learned.isPresent() && own.isPresent()) {
        ObservationTransform wider = learned.get().frozen(environment.rows());
        BinaryState.fromBytes(BinaryState.toBytes(wider), own.get());
      }
    } catch (UserError e) {
      throw unlike(run.experiment(), experiment, e);
    }
  }

  /** Says what differs between two experiments, if that may be why one can't inherit. */
  private static UserError unlike(Experiment old, Experiment now, UserError refusal) {
    String what = now.from() + " was trained ";
    if (!old.wrappers().equals(now.wrappers())) {
      return new UserError(
          what
              + "with "
              + wrappers(old)
              + ", and this run has "
              + wrappers(now)
              + ": give --wrap the same",
          refusal);
    }
    if (old.rows() != now.rows()) {
      return new UserError(
          what
              + "in %d environments at once, and this run has %d: give --envs %d"
                  .formatted(old.rows(), now.rows(), old.rows()),
          refusal);
    }
    String options = differences("--env", old.environment(), now.environment());
    if (options.isEmpty()) {
      options = differences("--set", old.learner(), now.learner());
    }
    return options.isEmpty()
        ? new UserError(what + "for other shapes: " + refusal.getMessage(), refusal)
        : new UserError(what + options, refusal);
  }

  /** In which options two parts differ, and what to give so that they don't; empty if in none. */
  private static String differences(String option, Experiment.Part old, Experiment.Part now) {
    if (!old.id().equals(now.id())) {
      return "on %s, and this run is on %s".formatted(old.id(), now.id());
    }
    String differing =
        old.options().entrySet().stream()
            .filter(entry -> !Objects.equals(entry.getValue(), now.options().get(entry.getKey())))
            .map(entry -> option + " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
    return differing.isEmpty() ? "" : "with " + differing + ", which does not fit: give the same";
  }

  private static String wrappers(Experiment experiment) {
    return experiment.wrappers().isEmpty()
        ? "no wrappers"
        : experiment.wrappers().stream()
            .map(part -> part.id() + part.options())
            .collect(Collectors.joining(", ", "the wrappers ", ""));
  }

  /** The environment with an id. */
  public EnvironmentEntry environmentEntry(String id) {
    return get(EnvironmentEntry.class, id);
  }

  /** Whether there is an environment with an id. */
  public boolean isEnvironment(String id) {
    try {
      registry.get(EnvironmentEntry.class, id);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The learner with an id. */
  public LearnerEntry learnerEntry(String id) {
    return get(LearnerEntry.class, id);
  }

  private LearnerEntry learnerEntry(String id, EnvironmentEntry task) {
    try {
      return registry.get(LearnerEntry.class, id);
    } catch (UnknownIdException e) {
      throw new UserError(unknownLearner(id, task.id(), e) + ofPlugin(id), e);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  /** The learners that take an environment as it is, in the order of their ids. */
  public List<LearnerEntry> fitting(String environment) {
    try (VectorEnvironment made = environment(environment, Map.of())) {
      return fitting(made.spec());
    }
  }

  private List<LearnerEntry> fitting(EnvironmentSpec spec) {
    return registry.all(LearnerEntry.class).stream()
        .filter(entry -> entry.accepts().fits(spec))
        .toList();
  }

  /** Says which learners are like the one that there isn't, among those that fit the task. */
  private String unknownLearner(String id, String environment, UnknownIdException e) {
    try {
      List<LearnerEntry> fitting = fitting(environment);
      List<String> near =
          NearMatches.closest(id, fitting.stream().map(Entry::id).toList(), MOST_NEAR);
      return "unknown learner '"
          + id
          + "'"
          + (near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?")
          + "; "
          + fittingWords(environment, fitting);
    } catch (UserError | UnavailableException unmade) {
      // The task can't be made on this machine, or not without options.
      return e.getMessage() + "; ./rl learners lists them";
    }
  }

  private static String fittingWords(String environment, List<LearnerEntry> fitting) {
    return fitting.isEmpty() || fitting.size() > MOST_LISTED
        ? "./rl learners " + environment + " lists those that fit the task"
        : "those that fit "
            + environment
            + " are "
            + fitting.stream().map(Entry::id).collect(Collectors.joining(", "));
  }

  /** The wrapper with an id. */
  public WrapperEntry wrapperEntry(String id) {
    return get(WrapperEntry.class, id);
  }

  /** The policy with an id. */
  public PolicyEntry policyEntry(String id) {
    return get(PolicyEntry.class, id);
  }

  /**
   * A policy that needs no learning, for a task.
   *
   * @throws UserError if there is none with that id, or it is for another task
   */
  public Policy policy(Experiment.Part part, EnvironmentSpec task) {
    PolicyEntry entry = policyEntry(part.id());
    return made(entry, () -> entry.create(task, part.options()));
  }

  /** The listener with an id. */
  public ListenerEntry listenerEntry(String id) {
    return get(ListenerEntry.class, id);
  }

  private <E extends Entry> E get(Class<E> kind, String id) {
    return get(kind, id, ofPlugin(id));
  }

  /** What a run was made with: if it isn't here, it may have been a plugin's. */
  private <E extends Entry> E recorded(Class<E> kind, String id) {
    return get(kind, id, OF_PLUGIN);
  }

  private static String ofPlugin(String id) {
    return id.contains("/") ? OF_PLUGIN : "";
  }

  private <E extends Entry> E get(Class<E> kind, String id, String note) {
    try {
      return registry.get(kind, id);
    } catch (UnknownIdException e) {
      String list = LISTS.getOrDefault(kind, "");
      throw new UserError(
          e.getMessage() + (list.isEmpty() ? "" : "; ./rl " + list + " lists them") + note, e);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private Learner learner(Experiment experiment, LearnerContext context) {
    return learner(
        recorded(LearnerEntry.class, experiment.learner().id()),
        experiment.learner().options(),
        experiment.environment().id(),
        context);
  }

  /** A learner for a task that is no registered environment. */
  public Learner learner(String id, Map<String, ?> options, LearnerContext context) {
    return learner(learnerEntry(id), options, context.spec().name(), context);
  }

  private Learner learner(
      LearnerEntry entry, Map<String, ?> options, String task, LearnerContext context) {
    try {
      return entry.create(withValueFunctions(context), options);
    } catch (IllegalArgumentException e) {
      String remedy = Wrapping.remedy(entry.accepts(), context.spec());
      if (remedy.isEmpty() && !entry.accepts().fits(context.spec())) {
        remedy = "; " + fittingWords(task, fitting(context.spec()));
      }
      throw refused(entry, e, remedy);
    }
  }

  private LearnerContext withValueFunctions(LearnerContext context) {
    return context.withValueFunctions(
        (id, options) -> recorded(ValueFunctionEntry.class, id).create(context.spec(), options));
  }

  private VectorEnvironment limited(
      EnvironmentEntry entry, Map<String, ?> options, int rows, OptionalInt limit) {
    VectorEnvironment environment = create(entry, options, rows);
    return limit.isEmpty() || limit.getAsInt() == environment.spec().maxEpisodeSteps()
        ? environment
        : new EpisodeLimit(environment, limit.getAsInt());
  }

  private static Environment create(EnvironmentEntry entry, Map<String, ?> options) {
    return made(entry, () -> entry.create(options));
  }

  private static VectorEnvironment create(
      EnvironmentEntry entry, Map<String, ?> options, int rows) {
    return made(entry, () -> entry.create(options, rows));
  }

  private static VectorEnvironment wrapped(
      WrapperEntry entry, Map<String, ?> options, VectorEnvironment inner) {
    Wrapper wrapper = made(entry, () -> entry.create(options));
    Wrapper answering =
        around -> {
          VectorEnvironment wrapped = made(entry, () -> wrapper.wrap(around));
          if (wrapped == null) {
            throw new UserError("the " + entry + " answers wrap() with null");
          }
          return wrapped;
        };
    return RewrappedForEvaluation.of(answering, inner);
  }

  private static int ownLimit(EnvironmentEntry entry, Map<String, ?> options) {
    try (Environment environment = create(entry, options)) {
      return environment.spec().maxEpisodeSteps();
    }
  }

  private static Map<String, @Nullable Object> values(Entry entry, Map<String, ?> options) {
    return made(entry, () -> entry.complete(options));
  }

  /** Makes what an entry offers; a refusal, and an answer of null, is told as the entry's. */
  private static <T> T made(Entry entry, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw refused(entry, e);
    } catch (ArithmeticException | NegativeArraySizeException e) {
      throw new UserError(
          entry.id() + ": what its options ask for is too large (" + e.getMessage() + ")", e);
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("the " + entry) ? new UserError(message, e) : e;
    }
  }

  /** Whether the task's options are those that a preset is for. */
  private static boolean holds(Preset preset, Entry entry, Map<String, ?> task) {
    Map<String, ?> wanted = values(entry, preset.when());
    for (String name : preset.when().keySet()) {
      if (!Objects.equals(wanted.get(name), task.get(name))) {
        return false;
      }
    }
    return true;
  }

  /** Puts what was said in the place of what a preset says, under whichever of its names. */
  private static void override(
      Map<String, @Nullable Object> settings,
      Map<String, @Nullable Object> said,
      OptionSchema<?> schema) {
    for (OptionSchema.Description option : schema.descriptions()) {
      for (String name : said.keySet()) {
        if (isNamed(option, name)) {
          settings.remove(option.name());
        }
      }
    }
    settings.putAll(said);
  }

  private static boolean isNamed(OptionSchema.Description option, String written) {
    return sameName(written, option.name())
        || option.aliases().stream().anyMatch(alias -> sameName(written, alias));
  }

  private static boolean sameName(String a, String b) {
    return letters(a).equals(letters(b));
  }

  private static String letters(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Takes the limit out of options, unless the task has an option of that name itself. */
  private static OptionalInt takeLimit(EnvironmentEntry entry, Map<String, ?> options) {
    if (!options.containsKey(LIMIT) || hasOwnLimit(entry)) {
      return OptionalInt.empty();
    }
    Object value = options.remove(LIMIT);
    if (value == null || value.equals("None")) {
      return OptionalInt.of(0);
    }
    try {
      long limit = Numbers.whole(String.valueOf(value));
      if (limit == -1 || (limit >= 1 && limit <= Integer.MAX_VALUE)) {
        return OptionalInt.of((int) Math.max(limit, 0));
      }
    } catch (NumberFormatException e) {
      // said below, like any other value that will not do
    }
    throw new UserError(
        entry.id()
            + ": option '"
            + LIMIT
            + "' must be a whole number of at least 1, or -1 for no limit, was "
            + value
            + "; for example "
            + LIMIT
            + "=200");
  }

  /** Whether a task has an option for the length of its episodes, besides the one of all tasks. */
  public static boolean hasOwnLimit(EnvironmentEntry entry) {
    return entry.options().descriptions().stream().anyMatch(option -> option.name().equals(LIMIT));
  }

  private static UserError refused(Entry entry, IllegalArgumentException e) {
    return refused(entry, e, "");
  }

  private static UserError refused(Entry entry, IllegalArgumentException e, String remedy) {
    String message = String.valueOf(e.getMessage());
    String named = message.startsWith(entry.id()) ? message : entry.id() + ": " + message;
    return new UserError(named + remedy, e);
  }
}
