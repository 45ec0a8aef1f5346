package org.bellmanrl.deep;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

/**
 * Options of this module's entries have the ranges that they say, and are called by their names.
 */
final class DeepCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new DeepCatalogue();
  }
}
