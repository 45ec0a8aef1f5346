package com.example.drive;

import org.bellmanrl.api.Listener;
import org.bellmanrl.testkit.ListenerContract;

class StreakContractTest extends ListenerContract {
  @Override
  protected Listener create() {
    return new Streak(new Streak.Options(3, 0));
  }
}
