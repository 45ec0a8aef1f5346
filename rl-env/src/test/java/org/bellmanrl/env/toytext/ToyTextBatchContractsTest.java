package org.bellmanrl.env.toytext;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.bellmanrl.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Nested;

/** Batched tables keep the contract of vector environments. */
class ToyTextBatchContractsTest {

  @Nested
  class FrozenLakeContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return FrozenLake.batch(FrozenLakeOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new FrozenLake(FrozenLakeOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class SlipperyCliffContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return CliffWalking.batch("CliffWalkingSlippery-v1", new CliffWalkingOptions(true), rows);
    }

    @Override
    protected Environment createSingle() {
      return new CliffWalking("CliffWalkingSlippery-v1", new CliffWalkingOptions(true));
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class MazeContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return Maze.batch(MazeOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new Maze(MazeOptions.defaults());
    }

    @Override
    protected boolean deterministic() {
      return true;
    }
  }

  @Nested
  class MaskedTaxiContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return Taxi.batch(TaxiOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new Taxi(TaxiOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class FickleTaxiContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return Taxi.batch(new TaxiOptions(true, true, 0.8, 0.3, false), rows);
    }

    @Override
    protected Environment createSingle() {
      return new Taxi(new TaxiOptions(true, true, 0.8, 0.3, false));
    }
  }
}
