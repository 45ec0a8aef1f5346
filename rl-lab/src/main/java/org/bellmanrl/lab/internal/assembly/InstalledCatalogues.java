package org.bellmanrl.lab.internal.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.preset.Presets;
import org.bellmanrl.results.document.UserError;

/** What is installed beside this program, to which plugins add. */
public final class InstalledCatalogues {
  private final List<ClassLoader> loaders;

  /**
   * What is installed.
   *
   * @param loaders where environments and learners are looked for; the first is what plugins see
   */
  public InstalledCatalogues(List<ClassLoader> loaders) {
    this.loaders = List.copyOf(loaders);
  }

  /**
   * All that is registered.
   *
   * @param plugins what is registered besides
   * @param warnings takes a line for each plugin, or part of one, that is left out
   */
  Registry with(Plugins plugins, Consumer<String> warnings) {
    Registry.Builder builder = Registry.builder();
    for (ClassLoader loader : loaders) {
      builder.discover(loader);
    }
    plugins.discover(builder);
    Registry registry = builder.build();
    plugins.warnings().forEach(warnings);
    for (Registry.Problem problem : registry.problems()) {
      warnings.accept(problem.message() + Plugins.hint(problem.cause()));
    }
    return registry;
  }

  /** All presets, those of plugins last. */
  Presets presets(Plugins plugins) {
    return new Presets(Stream.concat(loaders.stream(), plugins.loaders().stream()).toList());
  }

  /**
   * Assembles from what is installed and plugins that are known by their contents.
   *
   * @param wanted the plugins, each of which gets its own class loader
   * @param where finds a file
   * @param warnings see {@link #with}
   * @throws UserError if a file is gone
   */
  public Assembler with(
      List<PluginFiles> wanted, Function<PluginFiles.Sum, Path> where, Consumer<String> warnings) {
    Plugins plugins = Plugins.open(wanted, where, loaders.getFirst());
    return new Assembler(new EntryLookup(with(plugins, warnings), plugins));
  }
}
