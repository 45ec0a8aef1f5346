package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link ContextualBandit}.
 *
 * @param arms number of arms, at least 2
 * @param features length of a context, at least 1
 * @param noise standard deviation of a reward about its mean, at least 0
 * @param problem which of the problems, at least 0
 * @param maxEpisodeSteps pulls in an episode, at least 1
 */
public record ContextualBanditOptions(
    @Described(value = "number of arms", range = "[2, 1000000]") int arms,
    @Described(value = "length of a context", range = "[1, 1000000], times arms at most 10000000")
        int features,
    @Described(value = "standard deviation of a reward", range = "0 or more") double noise,
    @Described(value = "which problem: its weights are drawn by this seed", range = "0 or more")
        long problem,
    @Described(value = "pulls in an episode", range = "1 or more") int maxEpisodeSteps) {
  public ContextualBanditOptions {
    if (arms < 2 || arms > 1_000_000) {
      throw new IllegalArgumentException("arms must be in [2, 1000000], was " + arms);
    }
    if (features < 1 || features > 1_000_000 || (long) arms * features > 10_000_000) {
      throw new IllegalArgumentException(
          "features must be in [1, 1000000], times arms at most 10000000, was %d with %d arms"
              .formatted(features, arms));
    }
    if (!(noise >= 0 && Double.isFinite(noise))) {
      throw new IllegalArgumentException("noise must be at least 0 and finite, was " + noise);
    }
    if (problem < 0) {
      throw new IllegalArgumentException("problem must be at least 0, was " + problem);
    }
    if (maxEpisodeSteps < 1) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, was " + maxEpisodeSteps);
    }
  }

  /** Five arms, contexts of four numbers, noise of 0.5, 1000 pulls, the first problem. */
  public static ContextualBanditOptions defaults() {
    return new ContextualBanditOptions(5, 4, 0.5, 0, 1000);
  }
}
