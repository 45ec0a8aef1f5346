package org.bellmanrl.env.raycast;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.bellmanrl.testkit.EnvironmentContract;
import org.bellmanrl.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The ray-cast tasks, alone and batched, keep the contracts. */
class RaycastContractsTest {
  /** Small pictures with everything in them, and actions long enough to reach an end. */
  private static final RaycastOptions OPTIONS = new RaycastOptions(17, 13, true, 5, true, true);

  abstract static class Single extends EnvironmentContract {
    @Override
    protected int steps() {
      return 100;
    }
  }

  abstract static class Batch extends VectorEnvironmentContract {
    @Override
    protected int steps() {
      return 40;
    }

    @Override
    protected int rows() {
      return 3;
    }

    @Override
    protected long[] seeds() {
      return new long[] {0, 1};
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class BasicContract extends Single {
    @Override
    protected Environment create() {
      return new Basic(OPTIONS);
    }
  }

  @Nested
  class BasicBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Basic.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Basic(OPTIONS);
    }
  }

  @Nested
  class CorridorContract extends Single {
    @Override
    protected Environment create() {
      return new Corridor(OPTIONS);
    }
  }

  @Nested
  class CorridorBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return Corridor.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new Corridor(OPTIONS);
    }
  }

  @Nested
  class DefendTheCenterContract extends Single {
    @Override
    protected Environment create() {
      return new DefendTheCenter(OPTIONS);
    }
  }

  @Nested
  class DefendTheCenterBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return DefendTheCenter.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new DefendTheCenter(OPTIONS);
    }
  }

  @Nested
  class HealthGatheringContract extends Single {
    @Override
    protected Environment create() {
      return new HealthGathering(OPTIONS);
    }
  }

  @Nested
  class HealthGatheringBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return HealthGathering.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new HealthGathering(OPTIONS);
    }
  }

  @Nested
  class MyWayHomeContract extends Single {
    @Override
    protected Environment create() {
      return new MyWayHome(OPTIONS);
    }
  }

  @Nested
  class MyWayHomeBatchContract extends Batch {
    @Override
    protected VectorEnvironment create(int rows) {
      return MyWayHome.batch(OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new MyWayHome(OPTIONS);
    }
  }
}
