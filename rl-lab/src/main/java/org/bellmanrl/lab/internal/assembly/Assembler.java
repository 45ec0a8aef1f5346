package org.bellmanrl.lab.internal.assembly;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Listener;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.options.Require.TooLargeException;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.lab.internal.flight.FlightEvents;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.lab.internal.run.StoredRun;
import org.bellmanrl.lab.internal.run.Summary;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Turns ids and options into environments, learners and trainers.
 *
 * <p>Whatever an entry, a record or a constructor refuses is answered with a {@link UserError} that
 * says which part refused.
 */
public final class Assembler {
  private static final int METRICS_INTERVAL = 100;

  private final EntryLookup entries;

  /** Assembles from what is registered, without plugins. */
  public Assembler(Registry registry) {
    this(new EntryLookup(registry, Plugins.open(List.of(), Assembler.class.getClassLoader())));
  }

  /** Assembles from what is registered, by plugins too. */
  @Inject
  Assembler(EntryLookup entries) {
    this.entries = entries;
  }

  /** What it assembles from. */
  public EntryLookup entries() {
    return entries;
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
    LearnerEntry learner = entries.recorded(LearnerEntry.class, experiment.learner().id());
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(experiment.learner().options());
    OptionNames.override(settings, options, learner.options());
    return experiment
        .withLearner(new Experiment.Part(learner.id(), EntryLookup.complete(learner, settings)))
        .withPreset(source);
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
            wrapped(
                entries.recorded(WrapperEntry.class, wrapper.id()), wrapper.options(), environment);
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
    return trained instanceof Wrapper.ForEvaluation wrapping ? wrapping.around(bare) : bare;
  }

  /** The task of an experiment alone, without wrappers. */
  public VectorEnvironment bare(Experiment experiment) {
    return bare(experiment, 1);
  }

  private VectorEnvironment bare(Experiment experiment, int rows) {
    return limited(
        entries.recorded(EnvironmentEntry.class, experiment.environment().id()),
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

  /** Whether the rewards of an experiment's wrappers are not those that its task pays. */
  public boolean changesRewards(Experiment experiment) {
    return experiment.wrappers().stream()
        .anyMatch(part -> entries.recorded(WrapperEntry.class, part.id()).changesRewards());
  }

  /** The wrapper that a part of an experiment names. */
  public Wrapper wrapper(Experiment.Part part) {
    WrapperEntry entry = entries.recorded(WrapperEntry.class, part.id());
    return EntryLookup.made(entry, () -> entry.create(part.options()));
  }

  /** An environment with options from anywhere, {@link LimitOption} included, in one row. */
  public VectorEnvironment environment(String id, Map<String, ?> options) {
    return environments(id, options, 1);
  }

  /** Environments with options from anywhere, {@link LimitOption} included, in several rows. */
  public VectorEnvironment environments(String id, Map<String, ?> options, int rows) {
    EnvironmentEntry entry = entries.get(EnvironmentEntry.class, id);
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(options);
    OptionalInt limit = LimitOption.take(entry, rest);
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
   * @param listeners take its events in this order
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
    return trainer.build(context ->
        FlightEvents.observed(around.apply(learner(experiment, context)), context.progress()));
  }

  /**
   * The listeners of an experiment, by the ids under which they are registered.
   *
   * @param task what is learned on
   * @param folder where the run is kept
   */
  public List<NamedListener> listeners(Experiment experiment, EnvironmentSpec task, Path folder) {
    ListenerEntry.Context context =
        new ListenerEntry.Context(task, experiment.seed(), folder, experiment.entries());
    return experiment.listeners().stream().map(part -> listener(context, part)).toList();
  }

  private NamedListener listener(ListenerEntry.Context context, Experiment.Part part) {
    ListenerEntry entry = entries.recorded(ListenerEntry.class, part.id());
    return new NamedListener(
        part.id(), EntryLookup.made(entry, () -> entry.create(context, part.options())));
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
  public Learner restored(StoredRun run, VectorEnvironment environment) {
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
  public Learner restoredBest(StoredRun run, VectorEnvironment environment) {
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
   * A policy that needs no learning, for a task.
   *
   * @throws UserError if there is none with that id, or it is for another task
   */
  public Policy policy(Experiment.Part part, EnvironmentSpec task) {
    PolicyEntry entry = entries.get(PolicyEntry.class, part.id());
    return EntryLookup.made(entry, () -> entry.create(task, part.options()));
  }

  private Learner learner(Experiment experiment, LearnerContext context) {
    return learner(
        entries.recorded(LearnerEntry.class, experiment.learner().id()),
        experiment.learner().options(),
        experiment.environment().id(),
        context,
        () -> fewerBins(experiment));
  }

  /** A learner for a task that is no registered environment. */
  public Learner learner(String id, Map<String, ?> options, LearnerContext context) {
    return learner(
        entries.get(LearnerEntry.class, id), options, context.spec().name(), context, () -> "");
  }

  /** Makes a learner. What is too large for memory is refused with {@code smaller}. */
  private Learner learner(
      LearnerEntry entry,
      Map<String, ?> options,
      String task,
      LearnerContext context,
      Supplier<String> smaller) {
    try {
      return entry.create(withValueFunctions(context), options);
    } catch (TooLargeException e) {
      throw EntryLookup.refused(entry, e, smaller.get());
    } catch (IllegalArgumentException e) {
      throw EntryLookup.refused(entry, e, remedy(entry.accepts(), task, context.spec()));
    }
  }

  /**
   * What to do about a task that a learner does not take: use a wrapper, or a learner that does.
   */
  private String remedy(Accepts accepts, String task, EnvironmentSpec spec) {
    return accepts.fits(spec)
        ? ""
        : Wrapping.remedy(accepts, spec, entries.registry().all(WrapperEntry.class))
            + "; "
            + entries.fittingWords(task, spec);
  }

  /** How the observations of an experiment become fewer, if bins make them; empty otherwise. */
  private String fewerBins(Experiment experiment) {
    List<Experiment.Part> wrappers = experiment.wrappers();
    List<VectorEnvironment> layers = layers(experiment);
    try (VectorEnvironment _ = layers.getLast()) {
      return IntStream.range(0, wrappers.size())
          .mapToObj(i ->
              Wrapping.fewerBins(
                  entries.recorded(WrapperEntry.class, wrappers.get(i).id()),
                  layers.get(i).spec().observationSpace(),
                  layers.get(i + 1).spec().observationSpace()))
          .flatMap(Optional::stream)
          .findFirst()
          .orElse("");
    }
  }

  private LearnerContext withValueFunctions(LearnerContext context) {
    return context.withValueFunctions((id, options) ->
        entries.recorded(ValueFunctionEntry.class, id).create(context.spec(), options));
  }

  private VectorEnvironment limited(
      EnvironmentEntry entry, Map<String, ?> options, int rows, OptionalInt limit) {
    VectorEnvironment environment = EntryLookup.made(entry, () -> entry.create(options, rows));
    return limit.isEmpty() || limit.getAsInt() == environment.spec().maxEpisodeSteps()
        ? environment
        : new EpisodeLimit(environment, limit.getAsInt());
  }

  private static VectorEnvironment wrapped(
      WrapperEntry entry, Map<String, ?> options, VectorEnvironment inner) {
    Wrapper wrapper = EntryLookup.made(entry, () -> entry.create(options));
    Wrapper answering =
        around -> {
          VectorEnvironment wrapped = EntryLookup.made(entry, () -> wrapper.wrap(around));
          if (wrapped == null) {
            throw new UserError("the " + entry + " answers wrap() with null");
          }
          return wrapped;
        };
    return RewrappedForEvaluation.of(answering, inner);
  }
}
