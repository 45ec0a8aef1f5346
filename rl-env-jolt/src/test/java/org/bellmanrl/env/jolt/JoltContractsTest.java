package org.bellmanrl.env.jolt;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The environments over Jolt keep the contract of environments. */
class JoltContractsTest {

  /** What all environments over Jolt have in common. */
  abstract static class JoltContract extends EnvironmentContract {
    @Override
    protected int steps() {
      return 60;
    }

    @Override
    protected long[] seeds() {
      return new long[] {0, 42};
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("each reset and restore makes a native recorder of states");
    }
  }

  @Nested
  class HuggyContract extends JoltContract {
    @Override
    protected Environment create() {
      return Huggy.fetch("Huggy-v1", FetchOptions.defaults().withContinuing(true));
    }
  }

  @Nested
  class CrawlerContract extends JoltContract {
    @Override
    protected Environment create() {
      return Crawler.fetch("Crawler-v1", FetchOptions.defaults());
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("the physics takes seconds, and Huggy-v1 runs the same code");
    }
  }

  @Nested
  class HuggyPuppoContract extends JoltContract {
    @Override
    protected Environment create() {
      return new HuggyPuppo("HuggyPuppo-v1");
    }

    @Override
    protected Optional<String> notInterpreted() {
      return Optional.of("the physics takes seconds, and Huggy-v1 shows it for the module");
    }
  }
}
