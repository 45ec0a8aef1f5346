package org.bellmanrl.lab.internal.listener;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

/**
 * Options of this module's entries have the ranges that they say, and are called by their names.
 */
final class LabCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new LabCatalogue();
  }
}
