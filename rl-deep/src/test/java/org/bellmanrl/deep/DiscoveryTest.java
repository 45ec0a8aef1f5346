package org.bellmanrl.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bellmanrl.api.Learner;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.policy.Policies;
import org.junit.jupiter.api.Test;

/**
 * The catalogue is found in a folder or a jar on the class path and on the module path alike. Both
 * are searched by a separate class loader, because the tests themselves run on only one of them.
 */
final class DiscoveryTest {
  private static final String[] LEARNERS = {
    "a2c",
    "c51",
    "crossq",
    "ddpg",
    "deep-reinforce",
    "dqn",
    "impala",
    "iqn",
    "munchausen-dqn",
    "ppo",
    "pqn",
    "qr-dqn",
    "r2d2",
    "rainbow",
    "sac",
    "stream-ac",
    "stream-q",
    "td3",
    "tqc"
  };

  @Test
  void discover_classPath_findsEveryEntry() throws Exception {
    URL[] path = {location(Learner.class).toUri().toURL(), location(Network.class).toUri().toURL()};
    // The platform loader would find the modules that the tests run on.
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      assertFound(loader);
      assertThat(loader.loadClass(Network.class.getName()).getModule().isNamed()).isFalse();
    }
  }

  @Test
  void discover_modulePath_findsEveryEntry() throws Exception {
    ModuleFinder finder =
        ModuleFinder.of(location(Learner.class), location(Policies.class), location(Network.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("org.bellmanrl.deep"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader loader = layer.findLoader("org.bellmanrl.deep");

    assertFound(loader);
    assertThat(loader.loadClass(Network.class.getName()).getModule().getName())
        .isEqualTo("org.bellmanrl.deep");
  }

  private static void assertFound(ClassLoader loader) throws ReflectiveOperationException {
    assertThat(ids(loader, "LearnerEntry")).containsExactly(LEARNERS);
    assertThat(ids(loader, "WrapperEntry")).containsExactly("rnd");
  }

  /** The ids of a kind in the registry, all of it as that loader has it. */
  private static List<String> ids(ClassLoader loader, String kindName)
      throws ReflectiveOperationException {
    Class<?> registryType = loader.loadClass("org.bellmanrl.api.registry.Registry");
    Class<?> kind = loader.loadClass("org.bellmanrl.api.registry." + kindName);
    Object builder = registryType.getMethod("builder").invoke(null);
    Class<?> builderType = builder.getClass();
    builderType.getMethod("discover", ClassLoader.class).invoke(builder, loader);
    Object registry = builderType.getMethod("build").invoke(builder);
    assertThat((List<?>) registryType.getMethod("problems").invoke(registry)).isEmpty();
    List<String> ids = new ArrayList<>();
    for (Object entry :
        (List<?>) registryType.getMethod("all", Class.class).invoke(registry, kind)) {
      ids.add((String) kind.getMethod("id").invoke(entry));
    }
    return ids;
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
