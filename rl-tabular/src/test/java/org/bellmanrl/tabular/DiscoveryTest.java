package org.bellmanrl.tabular;

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
import org.bellmanrl.tabular.table.QTable;
import org.junit.jupiter.api.Test;

/**
 * The catalogue is found in a folder or a jar on the class path and on the module path alike. Both
 * are searched by a separate class loader, because the tests themselves run on only one of them.
 */
final class DiscoveryTest {
  private static final String[] LEARNERS = {
    "actor-critic",
    "afterstate-td",
    "batch-td",
    "differential-sarsa",
    "double-expected-sarsa",
    "double-q-learning",
    "dyna-q",
    "dyna-q-plus",
    "emphatic-td",
    "epsilon-greedy",
    "exp3",
    "expected-sarsa",
    "gradient-bandit",
    "gtd2",
    "lin-ucb",
    "linear-monte-carlo",
    "linear-n-step-sarsa",
    "linear-sarsa",
    "linear-sarsa-lambda",
    "linear-td",
    "linear-thompson",
    "lspi",
    "lstd",
    "monte-carlo",
    "monte-carlo-es",
    "monte-carlo-prediction",
    "n-step-expected-sarsa",
    "n-step-q-sigma",
    "n-step-sarsa",
    "n-step-td",
    "n-step-tree-backup",
    "off-policy-monte-carlo",
    "off-policy-monte-carlo-prediction",
    "off-policy-n-step-sarsa",
    "offline-lambda-return",
    "policy-iteration",
    "prioritised-sweeping",
    "q-learning",
    "reinforce",
    "rtdp",
    "sarsa",
    "sarsa-lambda",
    "td-lambda",
    "td-prediction",
    "tdc",
    "thompson-bernoulli",
    "thompson-gaussian",
    "trajectory-sampling",
    "tree-backup-lambda",
    "true-online-td",
    "ucb",
    "uct",
    "value-iteration",
    "watkins-q-lambda"
  };

  @Test
  void discover_classPath_findsEveryEntry() throws Exception {
    URL[] path = {location(Learner.class).toUri().toURL(), location(QTable.class).toUri().toURL()};
    // The platform loader would find the modules that the tests run on.
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      assertFound(loader);
      assertThat(loader.loadClass(QTable.class.getName()).getModule().isNamed()).isFalse();
    }
  }

  @Test
  void discover_modulePath_findsEveryEntry() throws Exception {
    ModuleFinder finder = ModuleFinder.of(location(Learner.class), location(QTable.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("org.bellmanrl.tabular"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader loader = layer.findLoader("org.bellmanrl.tabular");

    assertFound(loader);
    assertThat(loader.loadClass(QTable.class.getName()).getModule().getName())
        .isEqualTo("org.bellmanrl.tabular");
  }

  private static void assertFound(ClassLoader loader) throws ReflectiveOperationException {
    assertThat(ids(loader, "LearnerEntry")).containsExactly(LEARNERS);
    assertThat(ids(loader, "ValueFunctionEntry")).containsExactly("dense", "hashed");
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
