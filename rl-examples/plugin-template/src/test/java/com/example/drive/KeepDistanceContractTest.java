package com.example.drive;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;
import org.bellmanrl.testkit.PolicyContract;

class KeepDistanceContractTest extends PolicyContract {
  @Override
  protected EnvironmentSpec task() {
    return new TwoLaneDrive(TwoLaneDriveOptions.defaults()).spec();
  }

  @Override
  protected Policy create() {
    return new KeepDistance(task());
  }

  @Override
  protected boolean honoursMasks() {
    return false;
  }
}
