package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link MaximizationBias}.
 *
 * @param actions number of actions in B, at least 2
 * @param mean of the reward of each of them, finite
 * @param deviation of it, at least 0
 */
public record MaximizationBiasOptions(
    @Described(value = "number of actions in B", range = "at least 2") int actions,
    @Described(value = "mean reward of each of them", range = Require.FINITE) double mean,
    @Described(value = "standard deviation of the reward", range = Require.NOT_NEGATIVE)
        double deviation) {
  public MaximizationBiasOptions {
    Require.atLeast("actions", actions, 2);
    Require.finite("mean", mean);
    Require.notNegative("deviation", deviation);
  }

  /** Ten actions of mean −0.1 and deviation 1. */
  public static MaximizationBiasOptions defaults() {
    return new MaximizationBiasOptions(10, -0.1, 1);
  }
}
