package org.bellmanrl.lab.internal.listener;

import org.bellmanrl.api.Listener;
import org.bellmanrl.testkit.ListenerContract;

class PlateauStopContractTest extends ListenerContract {
  @Override
  protected Listener create() {
    return new PlateauStop(new PlateauStop.Options(3, 50, 0.1));
  }
}
