package org.bellmanrl.env.jolt;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link Fetch}: what is rewarded, and where the stick falls.
 *
 * @param continuing whether the stick is thrown again after each fetch, until the episode's limit
 * @param directionWeight reward for each metre closer to the stick, and cost of each metre away
 * @param goalWeight reward for a fetch, and cost of a fall
 * @param timeWeight cost of each step
 * @param rotationWeight cost of each step times the square of the angular velocity about the
 *     vertical, in rad²/s²
 * @param nearest least distance of a throw, in metres
 * @param farthest greatest distance of a throw, in metres
 */
@RecordBuilder
public record FetchOptions(
    @Described("throw the stick again after each fetch, until the episode's limit")
        boolean continuing,
    @Described(value = "reward for each metre closer to the stick", range = "[0, 100]")
        double directionWeight,
    @Described(value = "reward for a fetch, cost of a fall", range = "[0, 100]") double goalWeight,
    @Described(value = "cost of each step", range = "[0, 100]") double timeWeight,
    @Described(value = "cost of each step times the squared yaw rate", range = "[0, 100]")
        double rotationWeight,
    @Described(value = "least distance of a throw, in metres", range = "[1, 20]") double nearest,
    @Described(value = "greatest distance of a throw, in metres", range = "[nearest, 20]")
        double farthest)
    implements FetchOptionsBuilder.With {

  public FetchOptions {
    Require.inRange("direction_weight", directionWeight, "[0, 100]");
    Require.inRange("goal_weight", goalWeight, "[0, 100]");
    Require.inRange("time_weight", timeWeight, "[0, 100]");
    Require.inRange("rotation_weight", rotationWeight, "[0, 100]");
    Require.inRange("nearest", nearest, "[1, 20]");
    Require.inRange("farthest", farthest, "[" + nearest + ", 20]");
  }

  /** One fetch in an episode, and the rewards of the course's Huggy. */
  public static FetchOptions defaults() {
    return new FetchOptions(false, 0.5, 1, 0.00333, 0.0005, 2, 8);
  }
}
