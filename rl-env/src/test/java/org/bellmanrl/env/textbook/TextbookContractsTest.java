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

  @Nested
  class WindyGridworldContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new WindyGridworld(WindyGridworldOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class StochasticWindContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new WindyGridworld(
          new WindyGridworldOptions(WindyGridworldOptions.Moves.KINGS_AND_STAY, true));
    }
  }

  @Nested
  class DynaMazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new DynaMaze(DynaMazeOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class BlockingMazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return ChangingMaze.blocking(new ChangingMazeOptions(100, 0));
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    /** The steps of all episodes are counted. */
    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class ShortcutMazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return ChangingMaze.shortcut(new ChangingMazeOptions(100, 0));
    }

    @Override
    protected boolean deterministic() {
      return true;
    }

    /** The steps of all episodes are counted. */
    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  @Nested
  class MaximizationBiasContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new MaximizationBias(MaximizationBiasOptions.defaults());
    }
  }

  @Nested
  class GamblerContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Gambler(GamblerOptions.defaults());
    }
  }

  @Nested
  class CarRentalContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CarRental(CarRentalOptions.withShuttleAndParking());
    }
  }

  @Nested
  class DrawnIncomeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CarRental(CarRentalOptions.defaults().withDrawnIncome());
    }
  }

  @Nested
  class AccessControlContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new AccessControl(AccessControlOptions.defaults());
    }
  }

  @Nested
  class ContextualBanditContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new ContextualBandit(ContextualBanditOptions.defaults());
    }
  }

  @Nested
  class ModelTaskContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new ModelTask("Gamble", new Gambler(GamblerOptions.defaults()).model(), 0)
          .fromAnywhere();
    }
  }
}
