package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

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
    @Described(value = "which problem: its true values are drawn by this seed", range = "0 or more")
        long problem,
    @Described(value = "mean of the true values", range = "finite") double mean,
    @Described(value = "pulls in an episode", range = "1 or more") int maxEpisodeSteps) {

  public KArmedBanditOptions {
    if (arms < 2 || arms > 1_000_000) {
      throw new IllegalArgumentException("arms must be in [2, 1000000], was " + arms);
    }
    if (problem < 0) {
      throw new IllegalArgumentException("problem must be at least 0, was " + problem);
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be finite, was " + mean);
    }
    if (maxEpisodeSteps < 1) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, was " + maxEpisodeSteps);
    }
  }

  /** Ten arms about 0, 1000 pulls, the first problem. */
  public static KArmedBanditOptions defaults() {
    return new KArmedBanditOptions(10, 0, 0, 1000);
  }
}
