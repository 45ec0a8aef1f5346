package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;

/**
 * The options of {@link MaximizationBias}.
 *
 * @param actions number of actions in B, at least 2
 * @param mean of the reward of each of them, finite
 * @param deviation of it, at least 0
 */
public record MaximizationBiasOptions(
    @Described(value = "number of actions in B", range = "2 or more") int actions,
    @Described(value = "mean reward of each of them", range = "finite") double mean,
    @Described(value = "standard deviation of the reward", range = "0 or more") double deviation) {
  public MaximizationBiasOptions {
    if (actions < 2) {
      throw new IllegalArgumentException("actions must be at least 2, was " + actions);
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be finite, was " + mean);
    }
    if (!(deviation >= 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "deviation must be at least 0 and finite, was " + deviation);
    }
  }

  /** Ten actions of mean −0.1 and deviation 1. */
  public static MaximizationBiasOptions defaults() {
    return new MaximizationBiasOptions(10, -0.1, 1);
  }
}
