package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link KArmedBandit}.
 *
 * @param arms number of arms
 * @param problem which of the problems, at least 0
 * @param mean about what the true values are drawn
 * @param maxEpisodeSteps pulls in an episode
 */
public record KArmedBanditOptions(
    @Described(value = "number of arms", range = "[2, 1000000]") int arms,
    @Described(
            value = "which problem: its true values are drawn by this seed",
            range = Require.NOT_NEGATIVE)
        long problem,
    @Described(value = "mean of the true values", range = Require.FINITE) double mean,
    @Described(value = "pulls in an episode", range = Require.AT_LEAST_ONE) int maxEpisodeSteps) {

  public KArmedBanditOptions {
    Require.inRange("arms", arms, "[2, 1000000]");
    Require.atLeast("problem", problem, 0);
    Require.finite("mean", mean);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Ten arms about 0, 1000 pulls, the first problem. */
  public static KArmedBanditOptions defaults() {
    return new KArmedBanditOptions(10, 0, 0, 1000);
  }
}
