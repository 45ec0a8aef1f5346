package org.bellmanrl.env.diagnostic;

import java.util.List;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link GivenRewards}.
 *
 * @param rewards the rewards of an episode, one a step
 */
public record GivenRewardsOptions(
    @Described(
            value = "the rewards of an episode, one a step, at most 1000",
            range = Require.FINITE)
        List<Double> rewards) {

  public GivenRewardsOptions {
    rewards = List.copyOf(rewards);
    Require.inRange("number of rewards", rewards.size(), "[1, 1000]");
    Require.finite("rewards", rewards);
  }

  /** The ten rewards of the Hugging Face course's example, whose sum is 3. */
  public static GivenRewardsOptions defaults() {
    return new GivenRewardsOptions(List.of(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0));
  }
}
