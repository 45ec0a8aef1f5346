package org.bellmanrl.env.classic;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.env.vector.ShardedEnvironments;
import org.bellmanrl.testkit.ActionChooser;
import org.bellmanrl.testkit.EnvironmentContract;
import org.bellmanrl.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The classic control problems, alone and batched, keep the contracts. */
class ClassicContractsTest {

  /** Pushes where the car rolls. */
  private static void withTheSwing(
      Observations seen, int row, RandomStream random, Columns actions) {
    boolean right = seen.values().floats()[2 * row + 1] >= 0;
    if (actions.layout().floats() == 1) {
      actions.floats()[row] = right ? 1 : -1;
    } else {
      actions.ints()[row] = right ? 2 : 0;
    }
  }

  /** Turns the joint the way it turns. */
  private static void withTheSecondLink(
      Observations seen, int row, RandomStream random, Columns actions) {
    actions.ints()[row] = seen.values().floats()[6 * row + 5] > 0 ? 2 : 0;
  }

  @Nested
  class CartPoleContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new CartPole(CartPoleOptions.defaults());
    }
  }

  @Nested
  class CartPoleBatchContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return CartPole.batch(CartPoleOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new CartPole(CartPoleOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }

  @Nested
  class MountainCarContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new MountainCar(MountainCarOptions.defaults());
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSwing;
    }
  }

  @Nested
  class MountainCarBatchContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return MountainCar.batch(MountainCarOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new MountainCar(MountainCarOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSwing;
    }
  }

  @Nested
  class MountainCarContinuousContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new MountainCarContinuous(MountainCarOptions.defaults());
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSwing;
    }
  }

  @Nested
  class MountainCarContinuousBatchContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return MountainCarContinuous.batch(MountainCarOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new MountainCarContinuous(MountainCarOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSwing;
    }
  }

  @Nested
  class AcrobotContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Acrobot(AcrobotOptions.defaults());
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSecondLink;
    }
  }

  @Nested
  class AcrobotBatchContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return Acrobot.batch(AcrobotOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new Acrobot(AcrobotOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }

    @Override
    protected ActionChooser endingChooser() {
      return ClassicContractsTest::withTheSecondLink;
    }
  }

  @Nested
  class PendulumContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new Pendulum(PendulumOptions.defaults());
    }
  }

  @Nested
  class PendulumBatchContract extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return Pendulum.batch(PendulumOptions.defaults(), rows);
    }

    @Override
    protected Environment createSingle() {
      return new Pendulum(PendulumOptions.defaults());
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(ShardedEnvironments.of(threads, create(rows)));
    }
  }
}
