package com.example.drive;

import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.testkit.CatalogueContract;

class DriveCatalogueContractTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new DriveCatalogue();
  }
}
