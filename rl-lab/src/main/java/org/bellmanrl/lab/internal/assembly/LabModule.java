package org.bellmanrl.lab.internal.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.cli.Terminal;
import org.bellmanrl.lab.internal.preset.Presets;

/** What the commands are made of. Nothing is made before a command asks for it. */
public final class LabModule extends AbstractModule {
  private final Terminal terminal;
  private final InstalledCatalogues installed;
  private final Plugins plugins;

  /**
   * Wires a command line.
   *
   * @param terminal where it reads and writes
   * @param loaders where environments and learners are looked for
   * @param plugins where they are looked for besides; closed by whoever opened them
   */
  public LabModule(Terminal terminal, List<ClassLoader> loaders, Plugins plugins) {
    this.terminal = terminal;
    this.installed = new InstalledCatalogues(loaders);
    this.plugins = plugins;
  }

  @Override
  protected void configure() {
    bind(Terminal.class).toInstance(terminal);
    bind(InstalledCatalogues.class).toInstance(installed);
    bind(Plugins.class).toInstance(plugins);
  }

  @Provides
  @Singleton
  Registry registry() {
    return installed.with(plugins, terminal::warning);
  }

  @Provides
  @Singleton
  Presets presets() {
    return installed.presets(plugins);
  }
}
