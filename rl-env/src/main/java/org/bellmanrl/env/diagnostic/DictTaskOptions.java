package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link DictTask}.
 *
 * @param n number of values of the part called number
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record DictTaskOptions(
    @Described(value = "number of values of the part called number", range = "[1, 100000]") int n,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public DictTaskOptions {
    Require.inRange("n", n, "[1, 100000]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** Three numbers, 50 steps. */
  public static DictTaskOptions defaults() {
    return new DictTaskOptions(3, 50);
  }
}
