package org.bellmanrl.tabular.bandit;

/** The range of rewards that a learner is configured with. */
final class RewardRange {
  private RewardRange() {}

  static void check(double low, double high) {
    if (!(Double.isFinite(low) && Double.isFinite(high) && low < high)) {
      throw new IllegalArgumentException(
          "reward_low must be below reward_high, both finite, were " + low + " and " + high);
    }
  }

  /** Scales a reward to [0, 1]. */
  static double scale(double reward, double low, double high) {
    if (reward < low || reward > high) {
      throw new IllegalArgumentException(
          "this learner needs rewards in [%s, %s], was given %s; set reward_low and reward_high"
              .formatted(low, high, reward));
    }
    return (reward - low) / (high - low);
  }
}
