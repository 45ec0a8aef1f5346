package org.bellmanrl.env.textbook;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link RandomWalk}.
 *
 * @param states number of states between the ends, at least 3
 * @param jump how far a step goes at most, at least 1
 * @param left what the left end pays, finite
 * @param right what the right end pays, finite
 */
public record RandomWalkOptions(
    @Described(value = "states between the ends", range = "[3, 10000000]") int states,
    @Described(value = "how far a step goes at most", range = "[1, 1000000]") int jump,
    @Described(value = "what the left end pays", range = Require.FINITE) double left,
    @Described(value = "what the right end pays", range = Require.FINITE) double right) {
  public RandomWalkOptions {
    Require.inRange("states", states, "[3, 10000000]");
    Require.inRange("jump", jump, "[1, 1000000]");
    Require.finite("left", left);
    Require.finite("right", right);
  }

  /** The walk of 19 states, −1 on the left and 1 on the right (example 7.1). */
  public static RandomWalkOptions defaults() {
    return new RandomWalkOptions(19, 1, -1, 1);
  }

  /** The walk of 5 states, 0 on the left and 1 on the right (example 6.2). */
  public static RandomWalkOptions five() {
    return new RandomWalkOptions(5, 1, 0, 1);
  }

  /** The walk of 1000 states with jumps of up to 100 (example 9.1). */
  public static RandomWalkOptions thousand() {
    return new RandomWalkOptions(1000, 100, -1, 1);
  }
}
