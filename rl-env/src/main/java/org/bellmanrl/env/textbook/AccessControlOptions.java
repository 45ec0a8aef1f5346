package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link AccessControl}.
 *
 * @param servers number of servers, at least 1
 * @param freed probability that a busy server becomes free in a step, in (0, 1]
 * @param maxEpisodeSteps after how many customers a run is cut; 0 for never
 */
public record AccessControlOptions(
    @Described(value = "number of servers", range = "[1, 1000]") int servers,
    @Described(value = "probability that a busy server becomes free", range = "(0, 1]")
        double freed,
    @Described(value = "customers until a run is cut; 0 for never", range = "0 or more")
        int maxEpisodeSteps) {
  public AccessControlOptions {
    if (servers < 1 || servers > 1000) {
      throw new IllegalArgumentException("servers must be in [1, 1000], was " + servers);
    }
    if (!(freed > 0 && freed <= 1)) {
      throw new IllegalArgumentException("freed must be in (0, 1], was " + freed);
    }
    if (maxEpisodeSteps < 0) {
      throw new IllegalArgumentException(
          "max_episode_steps must be at least 1, or 0 for no limit, was " + maxEpisodeSteps);
    }
  }

  /** Ten servers that become free with probability 0.06 (example 10.2), in runs of 10,000. */
  public static AccessControlOptions defaults() {
    return new AccessControlOptions(10, 0.06, 10_000);
  }
}
