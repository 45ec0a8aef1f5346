package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link MaskedTask}.
 *
 * @param n number of observations, and of actions
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record MaskedTaskOptions(
    @Described(value = "number of observations, and of actions", range = "[2, 1000]") int n,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public MaskedTaskOptions {
    Require.inRange("n", n, "[2, 1000]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Four observations, 50 steps. */
  public static MaskedTaskOptions defaults() {
    return new MaskedTaskOptions(4, 50);
  }
}
