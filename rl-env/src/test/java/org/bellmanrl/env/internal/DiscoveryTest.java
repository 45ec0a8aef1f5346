package org.bellmanrl.env.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.ServiceLoader;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.options.OptionDescription;
import org.bellmanrl.api.registry.Registry;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final String[] IDS = {
    "AccessControl-v1",
    "Acrobot-v1",
    "Baird-v1",
    "Blackjack-v1",
    "BlockingMaze-v1",
    "CarRental-v1",
    "CartPole-v1",
    "CliffWalking-v1",
    "CliffWalkingSlippery-v1",
    "ContextualBandit-v1",
    "DictTask-v1",
    "DynaMaze-v1",
    "EndlessReward-v1",
    "FrozenLake-v1",
    "FrozenLake8x8-v1",
    "Gambler-v1",
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
    "RandomWalk-v1",
    "ShortCorridor-v1",
    "ShortcutMaze-v1",
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

  @Test
  void discover_modulePath_allIds() {
    assertThat(FrozenLakeProvider.class.getModule().getName()).isEqualTo("org.bellmanrl.env");
    Registry registry =
        Registry.builder()
            .kind(EnvironmentProvider.class)
            .discover(FrozenLakeProvider.class.getModule().getLayer())
            .build();
    assertThat(registry.problems()).isEmpty();
    assertThat(ids(registry)).containsExactly(IDS);
  }

  @Test
  @SuppressWarnings("rawtypes") // a class literal of a generic interface is raw
  void discover_classPath_allIds() throws IOException {
    DiscoveryTest.class.getModule().addUses(EnvironmentProvider.class);
    URL classes = FrozenLakeProvider.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new ClassPath(classes)) {
      assertThat(
              ServiceLoader.load(EnvironmentProvider.class, loader).stream()
                  .filter(found -> loader.equals(found.type().getClassLoader()))
                  .map(found -> found.get().id()))
          .containsExactlyInAnyOrder(IDS);
    }
  }

  @Test
  void options_all_areDescribed() {
    Registry registry =
        Registry.builder()
            .kind(EnvironmentProvider.class)
            .discover(FrozenLakeProvider.class.getClassLoader())
            .build();
    for (EnvironmentProvider<?> provider : registry.all(EnvironmentProvider.class)) {
      assertThat(provider.description()).isNotBlank().doesNotContain("\n");
      for (OptionDescription option : provider.options().descriptions()) {
        assertThat(option.toString()).contains(option.name());
        assertThat(option.description()).as(option.name()).isNotBlank();
      }
    }
  }

  private static List<String> ids(Registry registry) {
    return registry.all(EnvironmentProvider.class).stream()
        .map(provider -> ((EnvironmentProvider<?>) provider).id())
        .toList();
  }

  /** Loads this module's classes anew as if they stood on the class path, outside any module. */
  private static final class ClassPath extends URLClassLoader {
    ClassPath(URL classes) {
      super(new URL[] {classes}, DiscoveryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.bellmanrl.env.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
