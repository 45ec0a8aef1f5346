package com.example.drive;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;

class SignpostContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new Signpost(3);
  }
}
