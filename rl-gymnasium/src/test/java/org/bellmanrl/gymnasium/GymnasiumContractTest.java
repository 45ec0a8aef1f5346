package org.bellmanrl.gymnasium;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.bellmanrl.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Environments in Python keep the contracts of environments, one and many. */
@RequiresGymnasium
class GymnasiumContractTest {
  private static final String NAME = "CartPole-v1";
  private static final GymnasiumOptions OPTIONS = GymnasiumOptions.defaults();

  @Nested
  @Tag("long")
  class Replayed extends EnvironmentContract {
    @Override
    protected Environment create() {
      return new GymnasiumEnvironment(NAME, OPTIONS.replayable());
    }

    @Override
    protected long[] seeds() {
      return new long[] {42};
    }

    @Override
    protected int steps() {
      return 60;
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("it is computed by Python");
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("the JDK allocates when it writes to a pipe");
    }
  }

  @Nested
  class Many extends VectorEnvironmentContract {
    @Override
    protected VectorEnvironment create(int rows) {
      return GymnasiumEnvironments.create(NAME, OPTIONS, rows);
    }

    @Override
    protected Environment createSingle() {
      return new GymnasiumEnvironment(NAME, OPTIONS);
    }

    @Override
    protected Optional<VectorEnvironment> create(int rows, int threads) {
      return Optional.of(GymnasiumEnvironments.create(NAME, OPTIONS.withWorkers(threads), rows));
    }

    @Override
    protected int rows() {
      return 2;
    }

    @Override
    protected int steps() {
      return 30;
    }

    @Override
    protected long[] seeds() {
      return new long[] {7};
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("it is computed by Python");
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("the JDK allocates when it writes to a pipe");
    }
  }
}
