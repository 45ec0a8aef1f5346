package org.bellmanrl.env.textbook;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The textbook's tasks keep the contract of environments. */
class TextbookContractsTest {
  @Nested
  class RandomWalkContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new RandomWalk(RandomWalkOptions.defaults());
    }
  }

  @Nested
  class JumpingWalkContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new RandomWalk(RandomWalkOptions.thousand());
    }
  }
}
