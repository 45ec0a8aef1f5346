package org.bellmanrl.env.jolt;

import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

/** The environments over Jolt keep the contract of environments. */
class JoltContractsTest {

  /** What all bodies have in common. */
  abstract static class FetchContract extends EnvironmentContract {
    @Override
    protected int steps() {
      return 80;
    }

    @Override
    protected Optional<String> allocates() {
      return Optional.of("each reset and restore makes a native recorder of states");
    }
  }

  @Nested
  class HuggyContract extends FetchContract {
    @Override
    protected Environment create() {
      return Huggy.fetch("Huggy-v1", FetchOptions.defaults());
    }
  }

  @Nested
  class ContinuingContract extends FetchContract {
    @Override
    protected Environment create() {
      return Huggy.fetch("Huggy-v1", FetchOptions.defaults().withContinuing(true));
    }
  }

  @Nested
  class CrawlerContract extends FetchContract {
    @Override
    protected Environment create() {
      return Crawler.fetch("Crawler-v1", FetchOptions.defaults());
    }
  }

  @Nested
  class BipedContract extends FetchContract {
    @Override
    protected Environment create() {
      return Biped.fetch("Biped-v1", FetchOptions.defaults());
    }
  }

  @Nested
  class HuggyPuppoContract extends FetchContract {
    @Override
    protected Environment create() {
      return new HuggyPuppo("HuggyPuppo-v1");
    }
  }
}
