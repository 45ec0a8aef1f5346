package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link TupleTask}.
 *
 * @param n number of values of each part, and of actions
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record TupleTaskOptions(
    @Described(value = "number of values of each part, and of actions", range = "[1, 1000]") int n,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public TupleTaskOptions {
    Require.inRange("n", n, "[1, 1000]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Three values, 50 steps. */
  public static TupleTaskOptions defaults() {
    return new TupleTaskOptions(3, 50);
  }
}
