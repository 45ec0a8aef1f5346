package com.example.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.LearnerProvider;
import org.bellmanrl.api.ListenerProvider;
import org.bellmanrl.api.WrapperProvider;
import org.bellmanrl.api.registry.Provider;
import org.bellmanrl.api.registry.Registry;
import org.junit.jupiter.api.Test;

/** What the plugin offers is found by those who look for it. */
class DiscoveryTest {
  private static List<String> ids(List<? extends Provider> providers) {
    return providers.stream().map(Provider::id).toList();
  }

  @Test
  void registry_findsEverything() {
    Registry registry =
        Registry.builder()
            .kind(EnvironmentProvider.class)
            .kind(LearnerProvider.class)
            .kind(ListenerProvider.class)
            .kind(WrapperProvider.class)
            .discover(DiscoveryTest.class.getClassLoader())
            .build();

    assertEquals(List.of(), registry.problems());
    assertEquals(
        List.of("example/Signpost-v1", "example/TwoLaneDrive-v1"),
        ids(registry.all(EnvironmentProvider.class)));
    assertEquals(
        List.of("example/differential-q-learning"), ids(registry.all(LearnerProvider.class)));
    assertEquals(List.of("example/streak"), ids(registry.all(ListenerProvider.class)));
    assertEquals(List.of("example/fog"), ids(registry.all(WrapperProvider.class)));
  }
}
