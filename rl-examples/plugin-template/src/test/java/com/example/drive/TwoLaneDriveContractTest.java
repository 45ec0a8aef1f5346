package com.example.drive;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;

class TwoLaneDriveContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new TwoLaneDrive(TwoLaneDriveOptions.defaults());
  }
}
