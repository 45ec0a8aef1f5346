package org.bellmanrl.env.mujoco;

import java.util.Map;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.testkit.CatalogueContract;

final class MujocoCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new MujocoCatalogue();
  }

  @Override
  protected Map<String, ?> required(EnvironmentEntry entry) {
    return entry.id().equals(CustomRobot.ID)
        ? Map.of("xml", Legs.model().toString())
        : super.required(entry);
  }
}
