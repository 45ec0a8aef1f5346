package org.bellmanrl.api.registry;

import java.lang.invoke.MethodHandles;
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
import org.jspecify.annotations.Nullable;

/** Searches for catalogues with {@link ServiceLoader}, and steps over the broken ones. */
final class Discovery {
  private final List<Registry.Problem> problems = new ArrayList<>();
  private final Set<Class<?>> seen = new HashSet<>();
  private final Map<String, Set<ClassLoader>> failedIn = new HashMap<>();

  /**
   * Makes a discovery.
   *
   * @param known catalogues that are listed already
   */
  Discovery(List<Catalogue> known) {
    known.forEach(catalogue -> seen.add(catalogue.getClass()));
  }

  /** Where to search: a class loader or a layer. */
  record Source(@Nullable String name, @Nullable ClassLoader loader, @Nullable ModuleLayer layer) {
    ServiceLoader<Catalogue> services() {
      return layer == null
          ? ServiceLoader.load(Catalogue.class, loader)
          : ServiceLoader.load(layer, Catalogue.class);
    }

    /** Returns whether a class belongs to a plugin and not to what the plugin builds upon. */
    boolean plugin(Class<?> type) {
      return name != null && Objects.equals(type.getClassLoader(), loader);
    }

    String label() {
      return name != null ? name : Objects.toString(layer == null ? loader : layer);
    }
  }

  /** Returns the usable entries of all catalogues that no earlier search has seen. */
  List<Registry.Listed> search(Source source) {
    List<Registry.Listed> found = new ArrayList<>();
    for (ServiceLoader.Provider<Catalogue> candidate : candidates(source)) {
      Class<?> type = candidate.type();
      if (seen.add(type)) {
        String origin = origin(type, source);
        try {
          list(candidate.get(), origin, source.plugin(type), found);
        } catch (Throwable e) {
          rethrowIfFatal(e);
          problems.add(new Registry.Problem(origin, type.getName(), e));
        }
      }
    }
    return found;
  }

  private void list(
      Catalogue catalogue, String origin, boolean plugin, List<Registry.Listed> found) {
    MethodHandles.Lookup lookup = Registry.Listed.lookup(catalogue);
    catalogue.list(entry -> {
      try {
        found.add(Registry.Listed.of(entry, lookup, origin, plugin));
      } catch (RuntimeException e) {
        String what = entry == null ? catalogue.getClass().getName() : entry.toString();
        problems.add(new Registry.Problem(origin, what, e));
      }
    });
  }

  List<Registry.Problem> problems() {
    return problems;
  }

  private List<ServiceLoader.Provider<Catalogue>> candidates(Source source) {
    List<ServiceLoader.Provider<Catalogue>> candidates = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<Catalogue>> search =
        source.services().stream().spliterator();
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
          problems.add(new Registry.Problem(source.label(), null, e));
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

  /** Returns the origin of a class in words. */
  static String origin(Class<?> type, @Nullable Source source) {
    if (type.getModule().isNamed()) {
      return "module " + type.getModule().getName();
    }
    if (source != null && source.name() != null && source.plugin(type)) {
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
