package org.bellmanrl.env.jolt;

import org.bellmanrl.api.options.Described;

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
public record FetchOptions(
    @Described("throw the stick again after each fetch, until the episode's limit")
        boolean continuing,
    @Described(value = "reward for each metre closer to the stick", range = "[0, 100]")
        double directionWeight,
    @Described(value = "reward for a fetch, cost of a fall", range = "[0, 100]") double goalWeight,
    @Described(value = "cost of each step", range = "[0, 100]") double timeWeight,
    @Described(value = "cost of each step times the squared yaw rate", range = "[0, 100]")
        double rotationWeight,
    @Described(value = "least distance of a throw, in metres", range = "[1, farthest]")
        double nearest,
    @Described(value = "greatest distance of a throw, in metres", range = "[nearest, 20]")
        double farthest) {

  public FetchOptions {
    weight("direction_weight", directionWeight);
    weight("goal_weight", goalWeight);
    weight("time_weight", timeWeight);
    weight("rotation_weight", rotationWeight);
    if (!(nearest >= 1 && nearest <= farthest && farthest <= 20)) {
      throw new IllegalArgumentException(
          "nearest and farthest must satisfy 1 <= nearest <= farthest <= 20, were %s and %s"
              .formatted(nearest, farthest));
    }
  }

  private static void weight(String name, double value) {
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(name + " must be in [0, 100], was " + value);
    }
  }

  /** One fetch in an episode, and the rewards of the course's Huggy. */
  public static FetchOptions defaults() {
    return new FetchOptions(false, 0.5, 1, 0.00333, 0.0005, 2, 8);
  }

  /** The same with a stick that is thrown again, or not. */
  public FetchOptions withContinuing(boolean again) {
    return new FetchOptions(
        again, directionWeight, goalWeight, timeWeight, rotationWeight, nearest, farthest);
  }
}
