package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link MultiDiscreteTask}.
 *
 * @param n number of values of each element
 * @param elements number of elements; {@code n} to that power is at most a million
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record MultiDiscreteTaskOptions(
    @Described(value = "number of values of each element", range = "[1, 1000]") int n,
    @Described(value = "number of elements", range = "[1, 20], n to that power at most 1000000")
        int elements,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {
  private static final int MOST = 1_000_000;

  public MultiDiscreteTaskOptions {
    Require.inRange("n", n, "[1, 1000]");
    Require.inRange("elements", elements, "[1, 20]");
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
    if (power(n, elements) > MOST) {
      throw new IllegalArgumentException(
          "n to the power of elements must be at most %d, were %d and %d"
              .formatted(MOST, n, elements));
    }
  }

  /** Two elements of three values, 50 steps. */
  public static MultiDiscreteTaskOptions defaults() {
    return new MultiDiscreteTaskOptions(3, 2, 50);
  }

  /** How many observations there are, and actions. */
  int size() {
    return (int) power(n, elements);
  }

  /** The power, or a number above {@link #MOST} if it is larger than that. */
  private static long power(int n, int elements) {
    long power = 1;
    for (int i = 0; i < elements && power <= MOST; i++) {
      power *= n;
    }
    return power;
  }
}
