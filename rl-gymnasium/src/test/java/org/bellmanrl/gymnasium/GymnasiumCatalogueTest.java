package org.bellmanrl.gymnasium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.testkit.CatalogueContract;
import org.junit.jupiter.api.Test;

final class GymnasiumCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new GymnasiumCatalogue();
  }

  @Test
  void get_anyName_entryWithThatId() {
    Registry registry = Registry.builder().discover(getClass().getClassLoader()).build();

    EnvironmentEntry entry = registry.get(EnvironmentEntry.class, "gym/ALE/Pong-v5");

    assertThat(entry.id()).isEqualTo("gym/ALE/Pong-v5");
    assertThat(entry.complete(Map.of("frameskip", "4", "timeout_s", "9", "obs_type", "ram")))
        .containsEntry("frameskip", 4L)
        .containsEntry("timeout_s", 9.0)
        .containsEntry("obs_type", "ram");
  }

  @Test
  void get_nameThatIsAPath_isRefused() {
    Registry registry = Registry.of(new GymnasiumCatalogue());

    assertThatThrownBy(() -> registry.get(EnvironmentEntry.class, "gym/../Pong-v5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'../Pong-v5'");
  }
}
