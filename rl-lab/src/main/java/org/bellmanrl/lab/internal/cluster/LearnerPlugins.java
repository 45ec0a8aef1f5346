package org.bellmanrl.lab.internal.cluster;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bellmanrl.lab.cluster.Work;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.InstalledCatalogues;
import org.bellmanrl.lab.internal.assembly.PluginFiles;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Plugins that a worker lacks and takes from learners, as far as it takes any. Those of an
 * experiment are loaded beside what is installed, apart from the worker's own plugins and from
 * those of other learners, which may be other versions. Safe for use by several threads.
 */
public final class LearnerPlugins {
  /** Sets of plugins that stay loaded. */
  private static final int MOST_SETS = 8;

  private final @Nullable InstalledCatalogues installed;
  private final FileCache cache;
  private final String remedy;
  private final Consumer<String> log;

  /** The garbage collector closes the jars of those that are dropped. */
  private final LoadingCache<List<PluginFiles>, PluginSet> sets =
      CacheBuilder.newBuilder()
          .concurrencyLevel(1)
          .maximumSize(MOST_SETS)
          .build(CacheLoader.from(PluginSet::new));

  private LearnerPlugins(
      @Nullable InstalledCatalogues installed, Path folder, String remedy, Consumer<String> log) {
    this.installed = installed;
    this.cache = new FileCache(folder);
    this.remedy = remedy;
    this.log = log;
  }

  /**
   * Takes none.
   *
   * @param remedy what a user may do about it, after "start it with --plugins"
   */
  public static LearnerPlugins refused(String remedy) {
    return new LearnerPlugins(null, Path.of(""), remedy, line -> {});
  }

  /**
   * Takes those that learners offer.
   *
   * @param installed what the plugins are loaded beside
   * @param folder where their files are kept, each under its check sum
   * @param log takes a line for each plugin that is taken
   */
  public static LearnerPlugins taken(
      InstalledCatalogues installed, Path folder, Consumer<String> log) {
    return new LearnerPlugins(installed, folder, "or the learner with --ship-plugins", log);
  }

  /**
   * An assembler that has the plugins of a learner.
   *
   * @param lacking what this process lacks, in words
   * @throws Work.UnfitException if they can't be had
   */
  Assembler assembler(List<PluginFiles> plugins, String lacking, Work.Reports reports) {
    if (installed == null) {
      throw new Work.UnfitException(lacking + "; start it with --plugins, " + remedy);
    }
    return sets.getUnchecked(plugins).assembler(installed, lacking, reports);
  }

  private final class PluginSet {
    private final List<PluginFiles> plugins;
    private @Nullable Assembler assembler;

    PluginSet(List<PluginFiles> plugins) {
      this.plugins = plugins;
    }

    /** Of all threads that ask, one fetches. */
    synchronized Assembler assembler(
        InstalledCatalogues beside, String lacking, Work.Reports reports) {
      Assembler known = assembler;
      if (known == null) {
        Map<PluginFiles.Sum, Path> files = fetched(lacking, reports);
        try {
          known = beside.with(plugins, files::get, log);
        } catch (UserError e) {
          throw new Work.UnfitException(String.valueOf(e.getMessage()));
        }
        assembler = known;
      }
      return known;
    }

    private Map<PluginFiles.Sum, Path> fetched(String lacking, Work.Reports reports) {
      long bytes = plugins.stream().mapToLong(PluginFiles::bytes).sum();
      if (bytes > FileCache.MOST_BYTES) {
        throw new Work.UnfitException(
            "%s; its plugins have %d bytes together, and at most %d are taken"
                .formatted(lacking, bytes, FileCache.MOST_BYTES));
      }
      Map<PluginFiles.Sum, Path> files = new HashMap<>();
      for (PluginFiles plugin : plugins) {
        for (PluginFiles.Sum sum : plugin.files()) {
          files.put(sum, file(plugin, sum, lacking, reports));
        }
        log.accept(
            "uses the plugin %s of a learner, SHA-256 %s"
                .formatted(plugin.jar(), plugin.main().sha256()));
      }
      return files;
    }

    private Path file(
        PluginFiles plugin, PluginFiles.Sum sum, String lacking, Work.Reports reports) {
      try {
        return cache.get(
            sum,
            offset -> {
              byte[] part = reports.fetch(sum.sha256(), offset);
              if (part == null) {
                throw new Work.UnfitException(lacking + "; start it with --plugins, " + remedy);
              }
              return part;
            });
      } catch (IOException e) {
        throw new Work.UnfitException(
            "a file of the plugin %s of the learner is not taken: %s"
                .formatted(plugin.jar(), e.getMessage()));
      }
    }
  }
}
