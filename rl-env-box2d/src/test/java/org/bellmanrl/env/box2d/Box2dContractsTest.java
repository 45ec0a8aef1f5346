package org.bellmanrl.env.box2d;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;
import org.bellmanrl.testkit.EnvironmentContract;
import org.bellmanrl.testkit.PolicyContract;
import org.junit.jupiter.api.Nested;

/** The environments over Box2D keep the contract of environments. */
class Box2dContractsTest {
  private static final Optional<String> ALLOCATES =
      Optional.of("each reset makes a native world, and an object for each body in it");

  @Nested
  class LunarLanderContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new LunarLander(LunarLanderOptions.defaults());
    }

    @Override
    protected Optional<String> allocates() {
      return ALLOCATES;
    }
  }

  @Nested
  class WindyContinuousContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new LunarLander(
          LunarLanderOptions.defaults().withContinuous(true).withEnableWind(true));
    }

    @Override
    protected Optional<String> allocates() {
      return ALLOCATES;
    }
  }

  @Nested
  class BipedalWalkerContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new BipedalWalker(BipedalWalkerOptions.defaults());
    }

    @Override
    protected int steps() {
      return 150;
    }

    @Override
    protected Optional<String> allocates() {
      return ALLOCATES;
    }
  }

  @Nested
  class WalkerGaitContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return new BipedalWalker(BipedalWalkerOptions.defaults()).spec();
    }

    @Override
    protected Policy create() {
      return new WalkerGait(task());
    }
  }

  @Nested
  class HardcoreContract extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new BipedalWalker(new BipedalWalkerOptions(true));
    }

    @Override
    protected int steps() {
      return 150;
    }

    @Override
    protected Optional<String> allocates() {
      return ALLOCATES;
    }
  }
}
