package org.bellmanrl.env;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

/**
 * Options of this module's entries have the ranges that they say, and are called by their names.
 */
final class EnvCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new EnvCatalogue();
  }
}
