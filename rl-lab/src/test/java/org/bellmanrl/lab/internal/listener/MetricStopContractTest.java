package org.bellmanrl.lab.internal.listener;

import org.bellmanrl.api.Listener;
import org.bellmanrl.testkit.ListenerContract;

class MetricStopContractTest extends ListenerContract {
  @Override
  protected Listener create() {
    return new MetricStop(new MetricStop.Options("loss", -0.9, 1.9));
  }
}
