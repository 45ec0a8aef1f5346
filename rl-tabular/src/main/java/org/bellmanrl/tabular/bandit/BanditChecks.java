package org.bellmanrl.tabular.bandit;

/** Refuses numbers that make no sense, by name, value and range. */
final class BanditChecks {
  private BanditChecks() {}

  static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " must be above 0 and finite, was " + value);
    }
  }

  static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, was " + value);
    }
  }

  static void rewards(double low, double high) {
    if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
      throw new IllegalArgumentException(
          "rewardLow must be below rewardHigh, both finite, were " + low + " and " + high);
    }
  }

  /** A reward scaled to [0, 1]. */
  static double scaled(String learner, double reward, double low, double high) {
    if (reward < low || reward > high) {
      throw new IllegalArgumentException(
          "%s needs rewards in [%s, %s], was given %s; set reward_low and reward_high"
              .formatted(learner, low, high, reward));
    }
    return (reward - low) / (high - low);
  }
}
