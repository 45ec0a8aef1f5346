package org.bellmanrl.env.minatar;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.bellmanrl.testkit.EnvironmentContract;
import org.bellmanrl.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Nested;

/** MinAtar's games, alone and batched, keep the contracts. */
class MinAtarContractsTest {
  private static final MinAtarOptions OPTIONS = MinAtarOptions.defaults();

  /** A sticky first action is that of the last episode, as in MinAtar. */
  abstract static class Single extends EnvironmentContract {
    @Override
    protected int steps() {
      return 200;
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }
  }

  abstract static class Batch extends VectorEnvironmentContract {
    @Override
    protected int steps() {
      return 60;
    }

    @Override
    protected int rows() {
      return 5;
    }

    @Override
    protected long[] seeds() {
      return new long[] {0, 1};
    }

    @Override
    protected boolean forgetsAtReset() {
      return false;
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class AsterixContract extends Single {
    @Override
    protected Environment create() {
      return new Asterix(OPTIONS);
    }
  }

  @Nested
  class AsterixBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Asterix.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Asterix(OPTIONS);
    }
  }

  @Nested
  class BreakoutContract extends Single {
    @Override
    protected Environment create() {
      return new Breakout(OPTIONS);
    }
  }

  @Nested
  class BreakoutBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Breakout.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Breakout(OPTIONS);
    }
  }

  @Nested
  class FreewayContract extends Single {
    @Override
    protected Environment create() {
      return new Freeway(OPTIONS);
    }
  }

  @Nested
  class FreewayBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Freeway.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Freeway(OPTIONS);
    }
  }

  @Nested
  class SeaquestContract extends Single {
    @Override
    protected Environment create() {
      return new Seaquest(OPTIONS);
    }
  }

  @Nested
  class SeaquestBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Seaquest.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Seaquest(OPTIONS);
    }
  }

  @Nested
  class SpaceInvadersContract extends Single {
    @Override
    protected Environment create() {
      return new SpaceInvaders(OPTIONS);
    }
  }

  @Nested
  class SpaceInvadersBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return SpaceInvaders.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new SpaceInvaders(OPTIONS);
    }
  }
}
