package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

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
    @Described(value = "customers until a run is cut; 0 for never", range = Require.NOT_NEGATIVE)
        int maxEpisodeSteps) {
  public AccessControlOptions {
    Require.inRange("servers", servers, "[1, 1000]");
    Require.inRange("freed", freed, "(0, 1]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 0);
  }

  /** Ten servers that become free with probability 0.06 (example 10.2), in runs of 10,000. */
  public static AccessControlOptions defaults() {
    return new AccessControlOptions(10, 0.06, 10_000);
  }
}
