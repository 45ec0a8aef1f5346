package org.bellmanrl.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.options.OptionSchema;
import org.bellmanrl.api.registry.Entry;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.WrapperEntry;
import org.bellmanrl.env.wrapper.FrameStack;
import org.bellmanrl.env.wrapper.TimeLimit;
import org.junit.jupiter.api.Test;

/**
 * The catalogue is found in a folder or a jar on the class path and on the module path alike. Both
 * are searched in their own loader, because the tests themselves run on only one of them.
 */
class DiscoveryTest {
  private static final String[] ENVIRONMENTS = {
    "AccessControl-v1",
    "Acrobot-v1",
    "Baird-v1",
    "BitFlipping-v1",
    "Blackjack-v1",
    "BlockingMaze-v1",
    "CarRental-v1",
    "CartPole-v1",
    "CliffWalking-v1",
    "CliffWalkingSlippery-v1",
    "ContextualBandit-v1",
    "CountRecall-v1",
    "DeepSea-v1",
    "DictTask-v1",
    "DynaMaze-v1",
    "EndlessReward-v1",
    "FrozenLake-v1",
    "FrozenLake8x8-v1",
    "Gambler-v1",
    "GivenRewards-v1",
    "Identity-v1",
    "MaskedTask-v1",
    "MaximizationBias-v1",
    "Maze-v1",
    "Memory-v1",
    "MinAtar/Asterix-v1",
    "MinAtar/Breakout-v1",
    "MinAtar/Freeway-v1",
    "MinAtar/Seaquest-v1",
    "MinAtar/SpaceInvaders-v1",
    "MountainCar-v0",
    "MountainCarContinuous-v0",
    "MultiDiscreteTask-v1",
    "Pendulum-v1",
    "PointMaze-v1",
    "RandomWalk-v1",
    "RepeatPrevious-v1",
    "ShortCorridor-v1",
    "ShortcutMaze-v1",
    "TMaze-v1",
    "Taxi-v4",
    "TenArmed-v1",
    "TupleTask-v1",
    "TwoStateChain-v1",
    "WindyGridworld-v1",
    "raycast/Basic-v1",
    "raycast/Corridor-v1",
    "raycast/DefendTheCenter-v1",
    "raycast/HealthGathering-v1",
    "raycast/MyWayHome-v1"
  };

  private static final String[] WRAPPERS = {
    "action-mask",
    "clip-action",
    "clip-reward",
    "count-bonus",
    "delay-observation",
    "discretize",
    "discretize-action",
    "episodic-life",
    "filter-observation",
    "fire-reset",
    "flatten-action",
    "flatten-observation",
    "frame-stack",
    "grayscale",
    "hide",
    "max-and-skip",
    "nan-guard",
    "no-op-start",
    "normalize-observation",
    "normalize-reward",
    "order-enforcing",
    "random-start",
    "record-episode-statistics",
    "render",
    "repeat-action",
    "rescale-action",
    "resize",
    "scale-reward",
    "sticky-action",
    "tile-coded",
    "time-aware-observation",
    "time-limit"
  };

  @Test
  void discover_classPath_findsEveryEntry() throws Exception {
    URL[] path = {
      location(Environment.class).toUri().toURL(), location(EnvCatalogue.class).toUri().toURL()
    };
    // The platform loader would find the modules that the tests run on.
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      assertFound(loader);
      assertThat(loader.loadClass(EnvCatalogue.class.getName()).getModule().isNamed()).isFalse();
    }
  }

  @Test
  void discover_modulePath_findsEveryEntry() throws Exception {
    ModuleFinder finder =
        ModuleFinder.of(location(Environment.class), location(EnvCatalogue.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("org.bellmanrl.env"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader loader = layer.findLoader("org.bellmanrl.env");

    assertFound(loader);
    assertThat(loader.loadClass(EnvCatalogue.class.getName()).getModule().getName())
        .isEqualTo("org.bellmanrl.env");
  }

  private static void assertFound(ClassLoader loader) throws ReflectiveOperationException {
    assertThat(ids(loader, "EnvironmentEntry")).containsExactly(ENVIRONMENTS);
    assertThat(ids(loader, "WrapperEntry")).containsExactly(WRAPPERS);
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

  @Test
  void options_all_areDescribed() {
    Stream<Entry> entries =
        Stream.concat(
            Environments.REGISTRY.all(EnvironmentEntry.class).stream(),
            Environments.REGISTRY.all(WrapperEntry.class).stream());
    assertThat(entries)
        .hasSize(ENVIRONMENTS.length + WRAPPERS.length)
        .allSatisfy(entry -> {
          assertThat(entry.description()).isNotBlank().doesNotContain("\n");
          for (OptionSchema.Description option : entry.options().descriptions()) {
            assertThat(option.toString()).contains(option.name());
            assertThat(option.description()).as(option.name()).isNotBlank();
          }
        });
  }

  @Test
  void create_wrapperByName_setsOptions() {
    for (WrapperEntry entry : Environments.REGISTRY.all(WrapperEntry.class)) {
      assertThat(entry.create(Map.of())).as(entry.id()).isNotNull();
    }
    WrapperEntry limit = Environments.REGISTRY.get(WrapperEntry.class, "time-limit");
    assertThat(limit.create(Map.of("max_episode_steps", "7"))).isEqualTo(new TimeLimit(7));
    WrapperEntry stack = Environments.REGISTRY.get(WrapperEntry.class, "frame-stack");
    assertThat(stack.create(Map.of("stack-size", 2, "padding", "zero")))
        .isEqualTo(new FrameStack(2, FrameStack.Padding.ZERO, false));
  }
}
