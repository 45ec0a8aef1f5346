package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The tasks for testing learners keep the contract of environments. */
class DiagnosticContractsTest {
  @Nested
  class IdentityContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Identity(IdentityOptions.defaults());
    }
  }

  @Nested
  class GivenRewardsContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new GivenRewards(GivenRewardsOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class TwoStateChainContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new TwoStateChain(TwoStateChainOptions.defaults());
    }
  }

  @Nested
  class EndlessRewardContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new EndlessReward(EndlessRewardOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class MemoryContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Memory(MemoryOptions.defaults());
    }
  }

  @Nested
  class DeepSeaContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new DeepSea(DeepSeaOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class TMazeContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new TMaze(TMazeOptions.defaults());
    }
  }

  @Nested
  class RepeatPreviousContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new RepeatPrevious(RepeatPreviousOptions.defaults());
    }
  }

  @Nested
  class CountRecallContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CountRecall(CountRecallOptions.defaults());
    }
  }

  @Nested
  class MaskedTaskContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new MaskedTask(MaskedTaskOptions.defaults());
    }
  }

  @Nested
  class DictTaskContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new DictTask(DictTaskOptions.defaults());
    }
  }

  @Nested
  class TupleTaskContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new TupleTask(TupleTaskOptions.defaults());
    }
  }

  @Nested
  class MultiDiscreteTaskContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new MultiDiscreteTask(MultiDiscreteTaskOptions.defaults());
    }
  }
}
