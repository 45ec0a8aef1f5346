package org.bellmanrl.env.jolt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.testkit.CatalogueContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoltCatalogueTest extends CatalogueContract {

  @Override
  protected Catalogue create() {
    return new JoltCatalogue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Biped-v1", "Crawler-v1", "Huggy-v1", "HuggyPuppo-v1"})
  void entry_foundOnTheClassPath_makesWhatItNames(String id) {
    Registry registry = Registry.builder().discover(Huggy.class.getClassLoader()).build();
    assertThat(registry.problems()).isEmpty();
    try (Environment environment = registry.get(EnvironmentEntry.class, id).create(Map.of())) {
      assertThat(environment.spec().name()).isEqualTo(id);
    }
  }
}
