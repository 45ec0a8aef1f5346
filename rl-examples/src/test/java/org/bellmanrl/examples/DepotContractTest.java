package org.bellmanrl.examples;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;

class DepotContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new Depot(1);
  }

  @Override
  protected boolean truncatesItself() {
    return true;
  }
}
