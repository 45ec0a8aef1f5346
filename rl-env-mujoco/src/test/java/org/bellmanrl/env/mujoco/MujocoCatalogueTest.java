package org.bellmanrl.env.mujoco;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

final class MujocoCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new MujocoCatalogue();
  }
}
