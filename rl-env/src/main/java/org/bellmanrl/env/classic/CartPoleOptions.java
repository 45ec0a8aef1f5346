package org.bellmanrl.env.classic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link CartPole}. The first is Gymnasium's, the others its reset's.
 *
 * @param suttonBartoReward whether a step pays 0 and the fall −1, instead of 1 for every step
 * @param low least value of each variable at the start, in [−4.8, 4.8]
 * @param high largest value of each variable at the start, in [low, 4.8]
 */
public record CartPoleOptions(
    @Described("pay 0 a step and -1 for the fall instead of 1 a step") boolean suttonBartoReward,
    @Described(value = "least value of each variable at the start", range = "[-4.8, 4.8]")
        double low,
    @Described(value = "largest value of each variable at the start", range = "[low, 4.8]")
        double high) {

  public CartPoleOptions {
    Require.inRange("low", low, "[-4.8, 4.8]");
    Require.inRange("high", high, "[" + low + ", 4.8]");
  }

  /** Gymnasium's defaults. */
  public static CartPoleOptions defaults() {
    return new CartPoleOptions(false, -0.05, 0.05);
  }

  /** The same with Sutton and Barto's reward. */
  public CartPoleOptions withSuttonBartoReward() {
    return new CartPoleOptions(true, low, high);
  }

  /** The same with other bounds of the start. */
  public CartPoleOptions withStart(double least, double most) {
    return new CartPoleOptions(suttonBartoReward, least, most);
  }
}
