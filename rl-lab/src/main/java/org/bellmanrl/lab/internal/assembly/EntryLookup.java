package org.bellmanrl.lab.internal.assembly;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.internal.NearMatches;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.ListenerEntry;
import org.bellmanrl.api.registry.PolicyEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.registry.Registry.UnknownIdException;
import org.bellmanrl.api.registry.UnavailableException;
import org.bellmanrl.api.registry.ValueFunctionEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Finds registered entries by their ids. An id that is unknown, and whatever an entry refuses, is
 * answered with a {@link UserError} that names the entry and says what there is instead.
 */
public final class EntryLookup {
  private static final int MOST_LISTED = 12;
  private static final int MOST_NEAR = 3;
  private static final String OF_PLUGIN =
      "; if a plugin offers it, name the plugin's folder: --plugins DIR";

  /** The commands that list the entries of a kind. */
  private static final Map<Class<?>, String> LISTS =
      Map.of(
          EnvironmentEntry.class, "envs",
          LearnerEntry.class, "learners",
          WrapperEntry.class, "wrappers",
          ListenerEntry.class, "listeners",
          PolicyEntry.class, "policies");

  private final Registry registry;
  private final Plugins plugins;

  @Inject
  EntryLookup(Registry registry, Plugins plugins) {
    this.registry = registry;
    this.plugins = plugins;
  }

  /** All that is registered. */
  public Registry registry() {
    return registry;
  }

  /**
   * The entry with an id that a user gave.
   *
   * @throws UserError if there is none
   */
  public <E extends Entry> E get(Class<E> kind, String id) {
    return get(kind, id, ofPlugin(id));
  }

  /**
   * The entry with an id that an experiment records.
   *
   * @throws UserError if there is none here: a plugin may have offered it
   */
  <E extends Entry> E recorded(Class<E> kind, String id) {
    return get(kind, id, OF_PLUGIN);
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

  private static String ofPlugin(String id) {
    return id.contains("/") ? OF_PLUGIN : "";
  }

  /**
   * A text that lies beside an entry, in the program or in the plugin that offers it.
   *
   * @param path the name of the resource
   * @throws UserError if it can't be read
   */
  public Optional<String> resource(Entry entry, String path) {
    return plugins.resource(entry.origin(), path);
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

  /** Whether there is a learner with an id. */
  boolean isLearner(String id) {
    try {
      registry.get(LearnerEntry.class, id);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The learner with an id; if there is none, the error lists those that fit the task. */
  LearnerEntry learner(String id, EnvironmentEntry task) {
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
    EnvironmentEntry entry = get(EnvironmentEntry.class, environment);
    try (VectorEnvironment made = made(entry, () -> entry.create(Map.of(), 1))) {
      return fitting(made.spec());
    }
  }

  private List<LearnerEntry> fitting(EnvironmentSpec spec) {
    return registry.all(LearnerEntry.class).stream()
        .filter(entry -> entry.accepts().fits(spec))
        .toList();
  }

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

  /** Says which learners fit a task. */
  String fittingWords(String environment, EnvironmentSpec spec) {
    return fittingWords(environment, fitting(spec));
  }

  private static String fittingWords(String environment, List<LearnerEntry> fitting) {
    return fitting.isEmpty() || fitting.size() > MOST_LISTED
        ? "./rl learners " + environment + " lists those that fit the task"
        : "those that fit "
            + environment
            + " are "
            + fitting.stream().map(Entry::id).collect(Collectors.joining(", "));
  }

  /**
   * The plugins that an experiment uses: the file, version and check sum of each, by name.
   *
   * @throws UserError if a part of the experiment is not registered
   */
  public List<Map<String, String>> plugins(Experiment experiment) {
    return origins(experiment).flatMap(origin -> plugins.about(origin).stream()).toList();
  }

  /**
   * The contents of the plugins that an experiment uses.
   *
   * @throws UserError if a part of the experiment is not registered
   */
  public List<PluginFiles> pluginFiles(Experiment experiment) {
    return origins(experiment).flatMap(origin -> plugins.files(origin).stream()).toList();
  }

  /** The files of all plugins that were given, by their SHA-256. */
  public Map<String, Path> pluginFiles() {
    return plugins.files();
  }

  private Stream<String> origins(Experiment experiment) {
    Stream<Entry> values =
        registry.all(ValueFunctionEntry.class).stream()
            .filter(entry -> experiment.learner().options().containsValue(entry.id()))
            .map(Entry.class::cast);
    return Stream.of(
            Stream.of(
                recorded(LearnerEntry.class, experiment.learner().id()),
                recorded(EnvironmentEntry.class, experiment.environment().id())),
            experiment.wrappers().stream().map(part -> recorded(WrapperEntry.class, part.id())),
            experiment.listeners().stream().map(part -> recorded(ListenerEntry.class, part.id())),
            values)
        .flatMap(entries -> entries)
        .map(Entry::origin)
        .distinct();
  }

  /** All options of an entry, with defaults for those that were not given. */
  static Map<String, @Nullable Object> complete(Entry entry, Map<String, ?> options) {
    return made(entry, () -> entry.complete(options));
  }

  /** Makes what an entry offers; a refusal, and an answer of null, is reported as the entry's. */
  static <T> T made(Entry entry, Supplier<T> maker) {
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

  private static UserError refused(Entry entry, IllegalArgumentException e) {
    return refused(entry, e, "");
  }

  static UserError refused(Entry entry, IllegalArgumentException e, String remedy) {
    String message = String.valueOf(e.getMessage());
    String named = message.startsWith(entry.id()) ? message : entry.id() + ": " + message;
    return new UserError(named + remedy, e);
  }
}
