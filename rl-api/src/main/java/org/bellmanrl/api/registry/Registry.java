package org.bellmanrl.api.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bellmanrl.api.options.NearMatches;
import org.jspecify.annotations.Nullable;

/**
 * Which providers there are, by kind and id. A kind is an interface that extends {@link Provider}.
 *
 * <pre>{@code
 * Registry registry =
 *     Registry.builder()
 *         .kind(EnvironmentProvider.class)
 *         .kind(LearnerProvider.class)
 *         .discover(ClassLoader.getSystemClassLoader())
 *         .discover("my-plugin.jar", pluginLoader)
 *         .build();
 * EnvironmentProvider<?> provider = registry.get(EnvironmentProvider.class, "FrozenLake-v1");
 * }</pre>
 *
 * <p>Two providers of one kind with the same id are refused, or set aside where the builder is told
 * to ({@link Builder#setDuplicatesAside()}). A provider that cannot be loaded, constructed or asked
 * for its id is left out and does not harm the others; {@link #problems} lists it.
 *
 * <p>Immutable and thread-safe.
 */
// The class literal of a generic interface is raw, so kinds have to be.
@SuppressWarnings("rawtypes")
public final class Registry {
  private static final int NEAR = 3;
  private static final Pattern VERSION = Pattern.compile("-v[0-9]+$");

  private final Map<Class<?>, SortedMap<String, Entry>> byKind;
  private final Map<Class<?>, Map<String, String>> ambiguous;
  private final List<Problem> problems;

  private Registry(
      Map<Class<?>, SortedMap<String, Entry>> byKind,
      Map<Class<?>, Map<String, String>> ambiguous,
      List<Problem> problems) {
    this.byKind = byKind;
    this.ambiguous = ambiguous;
    this.problems = List.copyOf(problems);
  }

  /**
   * Makes a registry of given providers; each is listed under every kind that it implements.
   *
   * @throws DuplicateIdException if two of a kind have the same id
   * @throws IllegalArgumentException if an id is not of the form of {@link Id}, or a provider is of
   *     no kind
   */
  public static Registry of(Collection<? extends Provider<?>> providers) {
    Builder builder = builder();
    providers.forEach(builder::add);
    return builder.build();
  }

  /** Starts a registry of given and discovered providers. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the provider that has an id.
   *
   * @param kind what is wanted
   * @param id its id; this project's own namespace may be there or not
   * @throws UnknownIdException if there is none; another version is named but not taken in its
   *     place
   * @throws DuplicateIdException if several claim it and were set aside
   */
  public <P extends Provider> P get(Class<P> kind, String id) {
    String ownPrefix = Id.OWN + "/";
    String shortest = id.startsWith(ownPrefix) ? id.substring(ownPrefix.length()) : id;
    Map<String, Entry> entries = entries(kind);
    Entry entry = entries.get(shortest);
    if (entry == null) {
      String claims = ambiguous.getOrDefault(kind, Map.of()).get(shortest);
      if (claims != null) {
        throw new DuplicateIdException(claims);
      }
      throw unknown(kind, id, shortest, entries);
    }
    return kind.cast(entry.provider());
  }

  /** Returns all providers of a kind, in the order of their ids. */
  public <P extends Provider> List<P> all(Class<P> kind) {
    return entries(kind).values().stream().map(entry -> kind.cast(entry.provider())).toList();
  }

  /** Returns what was found but cannot be used, in the order in which it was found. */
  public List<Problem> problems() {
    return problems;
  }

  private Map<String, Entry> entries(Class<?> kind) {
    Map<String, Entry> entries = byKind.get(kind);
    return entries == null ? Map.of() : entries;
  }

  private static UnknownIdException unknown(
      Class<?> kind, String id, String shortest, Map<String, Entry> entries) {
    String wantedBase = VERSION.matcher(shortest).replaceFirst("");
    Optional<Id> newest =
        entries.values().stream()
            .map(Entry::id)
            .filter(known -> known.version().isPresent())
            .filter(known -> known.base().equalsIgnoreCase(wantedBase))
            .max(Comparator.comparingInt(known -> known.version().getAsInt()));
    String hint;
    if (newest.isPresent()) {
      hint =
          wantedBase.equals(shortest)
              ? ": an id ends in its version, the newest is '" + newest.get() + "'"
              : ": the newest version is '" + newest.get() + "'";
    } else {
      List<String> near = NearMatches.closest(shortest, entries.keySet(), NEAR);
      hint = near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?";
    }
    return new UnknownIdException(
        "unknown "
            + label(kind)
            + " '"
            + id
            + "'"
            + hint
            + "; "
            + (entries.isEmpty()
                ? "there are none"
                : "there are: " + String.join(", ", entries.keySet())));
  }

  /** Turns VectorEnvironmentProvider into "vector environment". */
  private static String label(Class<?> kind) {
    String name = kind.getSimpleName();
    String thing =
        name.endsWith("Provider") && name.length() > "Provider".length()
            ? name.substring(0, name.length() - "Provider".length())
            : name;
    return thing.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private record Entry(Id id, Provider<?> provider, String origin) {
    String described() {
      return provider.getClass().getName() + " in " + origin;
    }
  }

  /** Collects providers for a {@link Registry}. Used by one thread. */
  public static final class Builder {
    private final List<Class<? extends Provider>> kinds = new ArrayList<>();
    private final List<Provider<?>> given = new ArrayList<>();
    private final List<Discovery.Source> sources = new ArrayList<>();
    private boolean aside;

    private Builder() {}

    /**
     * Names a kind to search for.
     *
     * @throws IllegalArgumentException if it is not an interface that extends {@link Provider}
     */
    public Builder kind(Class<? extends Provider> kind) {
      if (!isKind(kind)) {
        throw new IllegalArgumentException(
            "a kind must be an interface that extends Provider, was " + kind.getName());
      }
      if (!kinds.contains(kind)) {
        kinds.add(kind);
      }
      return this;
    }

    /** Adds a provider, to be listed under every kind that it implements. */
    public Builder add(Provider<?> provider) {
      given.add(Objects.requireNonNull(provider));
      return this;
    }

    /**
     * Searches a class loader and its parents: the module path, and {@code META-INF/services} on
     * the class path. What an earlier search has found already is not listed again.
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
     * Lets an id that several providers claim not stand in the way of the others: none of those
     * providers is listed, {@link Registry#problems} tells of them, and who asks for that very id
     * is refused by an exception that names them.
     */
    public Builder setDuplicatesAside() {
      aside = true;
      return this;
    }

    /**
     * Searches, and makes the registry.
     *
     * @throws DuplicateIdException if two of a kind have the same id, unless such are set aside
     * @throws IllegalArgumentException if a given provider's id is not of the form of {@link Id},
     *     or it is of no kind
     */
    public Registry build() {
      Map<Class<?>, SortedMap<String, Entry>> byKind = new LinkedHashMap<>();
      Map<Class<?>, Map<String, String>> ambiguous = new LinkedHashMap<>();
      List<Problem> duplicates = new ArrayList<>();
      for (Provider<?> provider : given) {
        String origin = Discovery.origin(provider.getClass(), null);
        Id id = check(provider);
        List<Class<?>> itsKinds = new ArrayList<>();
        collectKinds(provider.getClass(), itsKinds);
        if (itsKinds.isEmpty()) {
          throw new IllegalArgumentException(
              provider.getClass().getName()
                  + " is of no kind: it must implement an interface that extends Provider");
        }
        for (Class<?> kind : itsKinds) {
          put(byKind, kind, new Entry(id, provider, origin), ambiguous, duplicates);
        }
      }
      Discovery discovery = new Discovery(Builder::check);
      for (Discovery.Source source : sources) {
        for (Class<? extends Provider> kind : kinds) {
          for (Discovery.Found found : discovery.search(source, kind)) {
            if (!isGiven(found.provider().getClass())) {
              Entry entry = new Entry(found.id(), found.provider(), found.origin());
              put(byKind, kind, entry, ambiguous, duplicates);
            }
          }
        }
      }
      ambiguous.forEach((kind, claims) ->
          byKind.getOrDefault(kind, new TreeMap<>()).keySet().removeAll(claims.keySet()));
      List<Problem> problems = new ArrayList<>(discovery.problems());
      problems.addAll(duplicates);
      return new Registry(Collections.unmodifiableMap(byKind), ambiguous, problems);
    }

    private boolean isGiven(Class<?> type) {
      return given.stream().anyMatch(provider -> provider.getClass() == type);
    }

    /** Makes sure that everything a listing needs is there. */
    private static Id check(Provider<?> provider) {
      Objects.requireNonNull(provider.description(), "description() is null");
      Objects.requireNonNull(provider.options(), "options() is null");
      return Id.parse(Objects.requireNonNull(provider.id(), "id() is null"));
    }

    private void put(
        Map<Class<?>, SortedMap<String, Entry>> byKind,
        Class<?> kind,
        Entry entry,
        Map<Class<?>, Map<String, String>> ambiguous,
        List<Problem> duplicates) {
      String id = entry.id().toString();
      Entry other = byKind.computeIfAbsent(kind, k -> new TreeMap<>()).putIfAbsent(id, entry);
      if (other == null) {
        return;
      }
      DuplicateIdException refusal =
          new DuplicateIdException(
              "two providers of the "
                  + label(kind)
                  + " '"
                  + id
                  + "': "
                  + other.described()
                  + ", and "
                  + entry.described()
                  + "; remove one of them or give it an id in a namespace of its own");
      if (!aside) {
        throw refusal;
      }
      ambiguous
          .computeIfAbsent(kind, k -> new LinkedHashMap<>())
          .putIfAbsent(id, String.valueOf(refusal.getMessage()));
      duplicates.add(new Problem(entry.origin(), entry.provider().getClass().getName(), refusal));
    }

    private static void collectKinds(@Nullable Class<?> type, List<Class<?>> kinds) {
      if (type == null) {
        return;
      }
      if (isKind(type) && !kinds.contains(type)) {
        kinds.add(type);
      }
      for (Class<?> parent : type.getInterfaces()) {
        collectKinds(parent, kinds);
      }
      collectKinds(type.getSuperclass(), kinds);
    }

    private static boolean isKind(Class<?> type) {
      return type.isInterface() && Provider.class.isAssignableFrom(type) && type != Provider.class;
    }
  }
}
