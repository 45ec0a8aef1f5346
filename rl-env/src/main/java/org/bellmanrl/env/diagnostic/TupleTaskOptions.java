package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link TupleTask}.
 *
 * @param n number of values of each part, and of actions
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record TupleTaskOptions(
    @Described(value = "number of values of each part, and of actions", range = "[1, 1000]") int n,
    @Described(value = "limit of an episode in steps", range = "1 or more") int maxEpisodeSteps) {

  public TupleTaskOptions {
    Checks.range("n", 1, 1000, n);
    Checks.steps(maxEpisodeSteps);
  }

  /** Three values, 50 steps. */
  public static TupleTaskOptions defaults() {
    return new TupleTaskOptions(3, 50);
  }
}
