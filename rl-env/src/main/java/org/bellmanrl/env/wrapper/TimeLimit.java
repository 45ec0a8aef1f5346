package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;

/**
 * Limits episodes to a number of steps, after which they are truncated.
 *
 * <p>Takes and gives any spaces. The limit is written into the spec and enforced by the loop; where
 * the task has one already, the shorter holds. State saved: none.
 *
 * @param maxEpisodeSteps the limit, at least 1
 */
public record TimeLimit(
    @Described(value = "steps after which an episode is truncated", range = "1 or more")
        int maxEpisodeSteps)
    implements Wrapper {

  public TimeLimit {
    Checks.atLeast("max_episode_steps", 1, maxEpisodeSteps);
  }

  /** A limit of 1000 steps. */
  public TimeLimit() {
    this(1000);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    int own = spec.maxEpisodeSteps();
    int limit = own == 0 ? maxEpisodeSteps : Math.min(own, maxEpisodeSteps);
    return new Limited(this, inner, spec.withMaxEpisodeSteps(limit));
  }

  private static final class Limited extends WrappedEnvironments {
    Limited(Wrapper wrapper, VectorEnvironment inner, EnvironmentSpec spec) {
      super(wrapper, inner, spec, Change.NOTHING);
    }
  }
}
