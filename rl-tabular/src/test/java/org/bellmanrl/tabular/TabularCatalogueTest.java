package org.bellmanrl.tabular;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

/** Options keep to what their listing says. */
final class TabularCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new TabularCatalogue();
  }
}
