package org.bellmanrl.env.classic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link MountainCar} and {@link MountainCarContinuous}. The first is Gymnasium's,
 * the others its reset's.
 *
 * @param goalVelocity least speed at the goal, in [−0.07, 0.07]
 * @param low leftmost start, in [−1.2, 0.6]
 * @param high rightmost start, in [low, 0.6]
 */
public record MountainCarOptions(
    @Described(value = "least speed at the goal", range = "[-0.07, 0.07]") double goalVelocity,
    @Described(value = "leftmost start", range = "[-1.2, 0.6]") double low,
    @Described(value = "rightmost start", range = "[low, 0.6]") double high) {

  public MountainCarOptions {
    Require.inRange("goal_velocity", goalVelocity, "[-0.07, 0.07]");
    Require.inRange("low", low, "[-1.2, 0.6]");
    Require.inRange("high", high, "[" + low + ", 0.6]");
  }

  /** Gymnasium's defaults. */
  public static MountainCarOptions defaults() {
    return new MountainCarOptions(0, -0.6, -0.4);
  }

  /** The same with another least speed at the goal. */
  public MountainCarOptions withGoalVelocity(double velocity) {
    return new MountainCarOptions(velocity, low, high);
  }

  /** The same with other bounds of the start. */
  public MountainCarOptions withStart(double leftmost, double rightmost) {
    return new MountainCarOptions(goalVelocity, leftmost, rightmost);
  }
}
