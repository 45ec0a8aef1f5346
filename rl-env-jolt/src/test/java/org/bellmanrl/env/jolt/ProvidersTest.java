package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentProvider;
import org.bellmanrl.api.StateKind;
import org.bellmanrl.api.registry.Registry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {

  @ParameterizedTest
  @ValueSource(strings = {"Biped-v1", "Crawler-v1", "Huggy-v1", "HuggyPuppo-v1"})
  void discover_classPath_findsTheId(String id) {
    Registry registry =
        Registry.builder()
            .kind(EnvironmentProvider.class)
            .discover(Huggy.class.getClassLoader())
            .build();
    assertThat(registry.problems()).isEmpty();
    EnvironmentProvider<?> provider =
        (EnvironmentProvider<?>) registry.get(EnvironmentProvider.class, id);
    assertThat(provider.description()).isNotBlank();
    try (Environment environment = provider.create(Map.of())) {
      assertThat(environment.spec().name()).isEqualTo(id);
      assertThat(environment.spec().stateKind()).isEqualTo(StateKind.BYTES);
    }
  }
}
