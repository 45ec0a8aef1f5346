package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Identity}.
 *
 * @param n number of observations, and of actions
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record IdentityOptions(
    @Described(value = "number of observations, and of actions", range = "[1, 1000000]") int n,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public IdentityOptions {
    Require.inRange("n", n, "[1, 1000000]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Four observations, 100 steps. */
  public static IdentityOptions defaults() {
    return new IdentityOptions(4, 100);
  }
}
