package org.bellmanrl.env.wrapper;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.WrappedEnvironments;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * Limits episodes to a number of steps, after which they are truncated.
 *
 * <p>Takes and gives any spaces. The limit is written into the spec and enforced by the loop. It
 * replaces the task's own limit, whether that is shorter or longer. State saved: none.
 *
 * @param maxEpisodeSteps the limit, at least 1
 */
public record TimeLimit(
    @Described(value = "steps after which an episode is truncated", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps)
    implements Wrapper {

  public TimeLimit {
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** A limit of 1000 steps. */
  public TimeLimit() {
    this(1000);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    EnvironmentSpec spec = inner.spec();
    int own = spec.maxEpisodeSteps();
    if (own > 0 && maxEpisodeSteps > own && inner.capability(0, Kept.class).isPresent()) {
      throw new IllegalArgumentException(
          ("max_episode_steps must be at most %d, the limit of %s that a wrapper inside of"
                  + " time-limit keeps, was %d; put time-limit inside of that wrapper")
              .formatted(own, spec.name(), maxEpisodeSteps));
    }
    return new Limited(this, inner, spec.withMaxEpisodeSteps(maxEpisodeSteps));
  }

  /** A capability of wrappers that enforce or show the limit of what they wrap. */
  interface Kept {}

  private static final class Limited extends WrappedEnvironments {
    Limited(Wrapper wrapper, VectorEnvironment inner, EnvironmentSpec spec) {
      super(wrapper, inner, spec, Change.NOTHING);
    }
  }
}
