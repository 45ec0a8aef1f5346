package org.bellmanrl.env.toytext;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The toy-text environments keep the contract of environments. */
class ToyTextContractsTest {
  @Nested
  class FrozenLakeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new FrozenLake(FrozenLakeOptions.defaults());
    }
  }

  @Nested
  class DryLakeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new FrozenLake(FrozenLakeOptions.defaults().withSlippery(false));
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class RandomFrozenLakeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new RandomFrozenLake(
          "FrozenLake-v1", 100, FrozenLakeOptions.defaults().withNewMapEachEpisode(5, 0.8));
    }
  }

  @Nested
  class TaxiContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Taxi(TaxiOptions.defaults());
    }
  }

  @Nested
  class FickleTaxiContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Taxi(new TaxiOptions(true, true, 0.8, 0.3, false));
    }
  }

  @Nested
  class CliffWalkingContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CliffWalking(CliffWalkingOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class SlipperyCliffContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CliffWalking(new CliffWalkingOptions(true));
    }
  }

  @Nested
  class BlackjackContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Blackjack(BlackjackOptions.defaults());
    }
  }

  @Nested
  class MazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Maze(MazeOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }
}
