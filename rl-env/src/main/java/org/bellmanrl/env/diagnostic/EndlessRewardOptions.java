package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link EndlessReward}.
 *
 * @param reward paid at every step
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record EndlessRewardOptions(
    @Described(value = "paid at every step", range = Require.FINITE) double reward,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public EndlessRewardOptions {
    Require.finite("reward", reward);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** A reward of 1, cut after 10 steps. */
  public static EndlessRewardOptions defaults() {
    return new EndlessRewardOptions(1, 10);
  }
}
