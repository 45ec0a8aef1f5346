package com.example.drive;

import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.WrapperContract;

class FogContractTest extends WrapperContract {
  @Override
  protected Wrapper wrapper() {
    return new Fog(0.3);
  }

  @Override
  protected VectorEnvironment inner(int rows) {
    return RandomTask.rows(rows, Box.of(-1, 1, 4), new Discrete(3));
  }
}
