package org.bellmanrl.testkit;

import java.util.Map;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;

/** The kit's own task of any spaces passes. */
class RandomTaskContractTest extends EnvironmentContract {
  @Override
  protected Environment create() {
    return new RandomTask(
            Dict.of(Map.of("a", new MultiBinary(3), "b", Box.pixels(2, 2), "c", Box.of(0f, 1f, 2))),
            new MultiDiscrete(2, 3))
        .withMask()
        .withMaxEpisodeSteps(30);
  }
}
