package org.bellmanrl.api.registry;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Searches for providers with {@link ServiceLoader}, and steps over the broken ones. */
@SuppressWarnings("rawtypes")
final class Discovery {
  private final Function<Provider<?>, Id> check;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Class<?>, Set<Class<?>>> seen = new HashMap<>();
  private final Map<String, Set<ClassLoader>> failedIn = new HashMap<>();

  /**
   * Makes a discovery.
   *
   * @param check returns a provider's id, or throws if the provider is not usable
   */
  Discovery(Function<Provider<?>, Id> check) {
    this.check = check;
  }

  /** Where to search: a class loader or a layer. */
  record Source(@Nullable String name, @Nullable ClassLoader loader, @Nullable ModuleLayer layer) {
    <P> ServiceLoader<P> services(Class<P> kind) {
      // The clause "uses" of this module cannot know the kinds that others add.
      Discovery.class.getModule().addUses(kind);
      return layer == null ? ServiceLoader.load(kind, loader) : ServiceLoader.load(layer, kind);
    }

    String label() {
      return name != null ? name : Objects.toString(layer == null ? loader : layer);
    }
  }

  /** A usable provider. */
  record Found(Id id, Provider<?> provider, String origin) {}

  /** Returns the usable providers of a kind that no earlier search has seen. */
  <P extends Provider> List<Found> search(Source source, Class<P> kind) {
    List<Found> found = new ArrayList<>();
    Set<Class<?>> seenOfKind = seen.computeIfAbsent(kind, k -> new HashSet<>());
    for (ServiceLoader.Provider<P> candidate : candidates(source, kind)) {
      Class<?> type = candidate.type();
      if (seenOfKind.add(type)) {
        String origin = origin(type, source);
        try {
          Provider<?> provider = candidate.get();
          found.add(new Found(check.apply(provider), provider, origin));
        } catch (Throwable e) {
          rethrowIfFatal(e);
          problems.add(new Problem(origin, type.getName(), e));
        }
      }
    }
    return found;
  }

  List<Problem> problems() {
    return problems;
  }

  private <P> List<ServiceLoader.Provider<P>> candidates(Source source, Class<P> kind) {
    List<ServiceLoader.Provider<P>> candidates = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<P>> search = source.services(kind).stream().spliterator();
    String lastFailure = "";
    while (true) {
      try {
        if (!search.tryAdvance(candidates::add)) {
          return candidates;
        }
        lastFailure = "";
      } catch (Throwable e) {
        rethrowIfFatal(e);
        // The loader goes on behind most failures. Where it does not, it fails with the same words.
        if (e.toString().equals(lastFailure)) {
          return candidates;
        }
        lastFailure = e.toString();
        if (!parentsFailedWith(lastFailure, source)) {
          problems.add(new Problem(source.label(), null, e));
        }
      }
    }
  }

  /**
   * Notes a failure, and returns whether it was seen in the same class loader or a parent before.
   */
  private boolean parentsFailedWith(String failure, Source source) {
    Set<ClassLoader> loaders = failedIn.computeIfAbsent(failure, f -> new HashSet<>());
    boolean known = false;
    for (ClassLoader at = source.loader(); at != null; at = at.getParent()) {
      known |= loaders.contains(at);
    }
    if (source.loader() != null) {
      loaders.add(source.loader());
    }
    return known;
  }

  /** Says where a class comes from. */
  static String origin(Class<?> type, @Nullable Source source) {
    if (type.getModule().isNamed()) {
      return "module " + type.getModule().getName();
    }
    if (source != null
        && source.name() != null
        && Objects.equals(type.getClassLoader(), source.loader())) {
      return source.name();
    }
    CodeSource code = type.getProtectionDomain().getCodeSource();
    if (code == null || code.getLocation() == null) {
      return Objects.toString(type.getClassLoader());
    }
    try {
      return Path.of(code.getLocation().toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return code.getLocation().toString();
    }
  }

  /** Out of memory is not a plugin's problem; a recursion without end is. */
  private static void rethrowIfFatal(Throwable e) {
    if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
      throw fatal;
    }
  }
}
