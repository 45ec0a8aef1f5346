package org.bellmanrl.testkit;

import org.bellmanrl.api.Environment;

/** The kit's own task with a model passes. */
class CorridorContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new Corridor(6);
  }
}
