package org.bellmanrl.api.registry;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bellmanrl.api.internal.NearMatches;
import org.jspecify.annotations.Nullable;

/**
 * The entries of all catalogues, by kind and id. A kind is a class of entries, such as {@link
 * LearnerEntry}.
 *
 * <pre>{@code
 * Registry registry =
 *     Registry.builder()
 *         .discover(ClassLoader.getSystemClassLoader())
 *         .discover("my-plugin.jar", pluginLoader)
 *         .build();
 * Environment lake = registry.get(EnvironmentEntry.class, "FrozenLake-v1").create(Map.of());
 * }</pre>
 *
 * <p>An id belongs to one entry of a kind. If a plugin claims an id that this program or a library
 * on its path has, the plugin's entry is left out; if two plugins claim the same id, both entries
 * are left out, and asking for that id throws an exception that names them. A catalogue that cannot
 * be loaded or listed does not harm the others. {@link #problems} lists everything that was left
 * out.
 *
 * <p>Immutable and thread-safe.
 */
public final class Registry {
  private static final int NEAR = 3;

  /** More ids than that are not listed in a message. */
  private static final int MOST_LISTED = 12;

  private static final Pattern VERSION = Pattern.compile("-v[0-9]+$");

  private final Map<Class<?>, SortedMap<String, Listed>> byKind;
  private final Map<Class<?>, Map<String, String>> ambiguous;
  private final List<Problem> problems;

  private Registry(
      Map<Class<?>, SortedMap<String, Listed>> byKind,
      Map<Class<?>, Map<String, String>> ambiguous,
      List<Problem> problems) {
    this.byKind = byKind;
    this.ambiguous = ambiguous;
    this.problems = List.copyOf(problems);
  }

  /**
   * Makes a registry of given catalogues.
   *
   * @throws IllegalArgumentException if two entries of a kind have the same id
   * @throws IllegalArgumentException if an id is neither {@code Name-vN} nor {@code kebab-case},
   *     which a {@code namespace/} may precede
   */
  public static Registry of(Catalogue... catalogues) {
    Builder builder = builder();
    for (Catalogue catalogue : catalogues) {
      builder.add(catalogue);
    }
    return builder.build();
  }

  /** Starts a registry of given and discovered catalogues. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the entry that has an id. Environments of an {@link EnvironmentFamily} have an entry
   * although they are not listed.
   *
   * @param kind the kind of entry
   * @param id its id; this project's own namespace may be left out
   * @throws UnknownIdException if there is none; another version is named in the message but not
   *     returned
   * @throws IllegalArgumentException if several entries claim the id
   */
  public <E extends Entry> E get(Class<E> kind, String id) {
    String ownPrefix = Id.OWN + "/";
    String shortest = id.startsWith(ownPrefix) ? id.substring(ownPrefix.length()) : id;
    Map<String, Listed> entries = entries(kind);
    Listed listed = entries.get(shortest);
    if (listed == null) {
      String claims = ambiguous.getOrDefault(kind, Map.of()).get(shortest);
      if (claims != null) {
        throw new DuplicateIdException(claims);
      }
      EnvironmentFamily family = kind == EnvironmentEntry.class ? family(shortest) : null;
      if (family == null) {
        throw unknown(kind, id, shortest, entries);
      }
      return kind.cast(family.member(shortest.substring(family.id().length() + 1)));
    }
    return kind.cast(listed.entry());
  }

  /** Returns the family that an environment's id belongs to, or null. */
  private @Nullable EnvironmentFamily family(String id) {
    Listed listed =
        entries(EnvironmentFamily.class).get(id.substring(0, Math.max(id.indexOf('/'), 0)));
    return listed == null ? null : (EnvironmentFamily) listed.entry();
  }

  /** Returns all entries of a kind, in the order of their ids. */
  public <E extends Entry> List<E> all(Class<E> kind) {
    return entries(kind).values().stream().map(listed -> kind.cast(listed.entry())).toList();
  }

  /** Returns what was found but cannot be used, in the order in which it was found. */
  public List<Problem> problems() {
    return problems;
  }

  private Map<String, Listed> entries(Class<?> kind) {
    Map<String, Listed> entries = byKind.get(kind);
    return entries == null ? Map.of() : entries;
  }

  private static UnknownIdException unknown(
      Class<?> kind, String id, String shortest, Map<String, Listed> entries) {
    String wantedBase = VERSION.matcher(shortest).replaceFirst("");
    Optional<Id> newest =
        entries.values().stream()
            .map(Listed::id)
            .filter(known -> known.version().isPresent())
            .filter(known -> known.base().equalsIgnoreCase(wantedBase))
            .max(Comparator.comparingInt(known -> known.version().getAsInt()));
    Optional<String> otherCase =
        entries.keySet().stream().filter(shortest::equalsIgnoreCase).findFirst();
    String hint;
    if (otherCase.isPresent()) {
      hint = ", did you mean '" + otherCase.get() + "'?";
    } else if (newest.isPresent()) {
      hint =
          wantedBase.equals(shortest)
              ? ": an id ends in its version, the newest is '" + newest.get() + "'"
              : ": the newest version is '" + newest.get() + "'";
    } else {
      List<String> near = NearMatches.closest(shortest, entries.keySet(), NEAR);
      hint = near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?";
    }
    String all =
        entries.isEmpty()
            ? "; there are none"
            : entries.size() <= MOST_LISTED
                ? "; there are: " + String.join(", ", entries.keySet())
                : "";
    return new UnknownIdException("unknown " + label(kind) + " '" + id + "'" + hint + all);
  }

  /** Turns ValueFunctionEntry into "value function". */
  private static String label(Class<?> kind) {
    return kind.getSimpleName()
        .replaceFirst("Entry$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** A usable entry, and whether a plugin offers it. */
  record Listed(Id id, Entry entry, boolean plugin) {

    /** Binds an entry to its catalogue, and makes sure that it can be used. */
    static Listed of(
        @Nullable Entry entry, MethodHandles.Lookup lookup, String origin, boolean plugin) {
      Entry bound = Objects.requireNonNull(entry, "an entry is null");
      bound.bind(lookup, origin);
      return new Listed(bound.check(), bound, plugin);
    }

    static MethodHandles.Lookup lookup(Catalogue catalogue) {
      return Objects.requireNonNull(
          catalogue.lookup(), () -> "lookup() of " + catalogue.getClass().getName() + " is null");
    }

    String key() {
      return id.toString();
    }
  }

  /** Collects catalogues for a {@link Registry}. Used by one thread. */
  public static final class Builder {
    private final List<Catalogue> given = new ArrayList<>();
    private final List<Discovery.Source> sources = new ArrayList<>();

    private Builder() {}

    /** Adds a catalogue. */
    public Builder add(Catalogue catalogue) {
      given.add(Objects.requireNonNull(catalogue));
      return this;
    }

    /**
     * Searches a class loader and its parents: the module path, and {@code META-INF/services} on
     * the class path. A catalogue that an earlier search found is not listed again.
     */
    public Builder discover(ClassLoader loader) {
      sources.add(new Discovery.Source(null, loader, null));
      return this;
    }

    /**
     * Searches the class loader of a plugin and its parents.
     *
     * @param origin the plugin's name in messages
     */
    public Builder discover(String origin, ClassLoader loader) {
      sources.add(new Discovery.Source(Objects.requireNonNull(origin), loader, null));
      return this;
    }

    /** Searches a module layer and its parents. */
    public Builder discover(ModuleLayer layer) {
      sources.add(new Discovery.Source(null, null, layer));
      return this;
    }

    /**
     * Searches, and makes the registry.
     *
     * @throws IllegalArgumentException if two entries of given catalogues have the same kind and id
     * @throws IllegalArgumentException if an id in a given catalogue is not of the form of {@link
     *     Id}
     */
    public Registry build() {
      Map<Class<?>, SortedMap<String, Listed>> byKind = new LinkedHashMap<>();
      for (Catalogue catalogue : given) {
        String origin = Discovery.origin(catalogue.getClass(), null);
        MethodHandles.Lookup lookup = Listed.lookup(catalogue);
        catalogue.list(entry -> {
          Listed listed = Listed.of(entry, lookup, origin, false);
          Listed other = kind(byKind, entry).putIfAbsent(listed.key(), listed);
          if (other != null) {
            throw duplicate(other.entry(), entry);
          }
        });
      }
      Discovery discovery = new Discovery(given);
      List<Listed> found = new ArrayList<>();
      sources.forEach(source -> found.addAll(discovery.search(source)));
      // A plugin may be searched before a library, and its id is left out nevertheless.
      found.sort(Comparator.comparing(Listed::plugin));
      Map<Class<?>, Map<String, String>> ambiguous = new LinkedHashMap<>();
      List<Problem> problems = new ArrayList<>(discovery.problems());
      found.forEach(listed -> put(byKind, listed, ambiguous, problems));
      ambiguous.forEach((kind, claims) ->
          byKind.getOrDefault(kind, new TreeMap<>()).keySet().removeAll(claims.keySet()));
      return new Registry(Collections.unmodifiableMap(byKind), ambiguous, problems);
    }

    private static SortedMap<String, Listed> kind(
        Map<Class<?>, SortedMap<String, Listed>> byKind, Entry entry) {
      return byKind.computeIfAbsent(entry.getClass(), k -> new TreeMap<>());
    }

    private static void put(
        Map<Class<?>, SortedMap<String, Listed>> byKind,
        Listed listed,
        Map<Class<?>, Map<String, String>> ambiguous,
        List<Problem> problems) {
      Entry entry = listed.entry();
      Listed other = kind(byKind, entry).putIfAbsent(listed.key(), listed);
      if (other == null) {
        return;
      }
      DuplicateIdException refusal = duplicate(other.entry(), entry);
      if (other.plugin() || !listed.plugin()) {
        ambiguous
            .computeIfAbsent(entry.getClass(), k -> new LinkedHashMap<>())
            .putIfAbsent(listed.key(), String.valueOf(refusal.getMessage()));
      }
      problems.add(new Problem(entry.origin(), entry.toString(), refusal));
    }

    private static DuplicateIdException duplicate(Entry one, Entry other) {
      return new DuplicateIdException(
          "the "
              + label(one.getClass())
              + " '"
              + one.id()
              + "' is offered twice: by "
              + one.origin()
              + ", and by "
              + other.origin()
              + "; remove one of them, or give it an id in another namespace");
    }
  }

  /**
   * A catalogue or an entry that was found but cannot be used.
   *
   * @param origin the module, jar or folder it is in, or the name of the plugin
   * @param what the entry, or the class name of the catalogue; null if it was not known when the
   *     search failed, in which case the cause's message names it
   * @param cause why it cannot be used
   */
  public record Problem(String origin, @Nullable String what, Throwable cause) {
    /** Returns what is wrong and where; in several lines if the cause has several. */
    public String message() {
      if (cause instanceof DuplicateIdException) {
        return String.valueOf(cause.getMessage());
      }
      // The service loader's own message only repeats the class name if there is a cause.
      Throwable reason = cause;
      if (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
        reason = cause.getCause();
      }
      String subject = what == null ? "a catalogue" : what;
      String place = subject.contains(origin) ? "" : " in " + origin;
      return subject + place + " cannot be used: " + reason;
    }
  }

  /**
   * Says that nothing has an id; the message names similar ids, and all that there are if they are
   * few.
   */
  public static final class UnknownIdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownIdException(String message) {
      super(message);
    }
  }

  /** Says that two entries of a kind have the same id; the message names both origins. */
  static final class DuplicateIdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    DuplicateIdException(String message) {
      super(message);
    }
  }
}
