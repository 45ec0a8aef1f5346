package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

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
    @Described(value = "standard deviation of a reward", range = Require.NOT_NEGATIVE) double noise,
    @Described(
            value = "which problem: its weights are drawn by this seed",
            range = Require.NOT_NEGATIVE)
        long problem,
    @Described(value = "pulls in an episode", range = Require.AT_LEAST_ONE) int maxEpisodeSteps) {
  public ContextualBanditOptions {
    Require.inRange("arms", arms, "[2, 1000000]");
    Require.inRange("features", features, "[1, 1000000]");
    if ((long) arms * features > 10_000_000) {
      throw new IllegalArgumentException(
          "features times arms must be at most 10000000, was %d with %d arms"
              .formatted(features, arms));
    }
    Require.notNegative("noise", noise);
    Require.atLeast("problem", problem, 0);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Five arms, contexts of four numbers, noise of 0.5, 1000 pulls, the first problem. */
  public static ContextualBanditOptions defaults() {
    return new ContextualBanditOptions(5, 4, 0.5, 0, 1000);
  }
}
