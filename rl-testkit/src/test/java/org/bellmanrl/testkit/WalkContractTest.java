package org.bellmanrl.testkit;

import org.bellmanrl.api.Environment;

/** An environment with everything passes. */
class WalkContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new Walk();
  }
}
