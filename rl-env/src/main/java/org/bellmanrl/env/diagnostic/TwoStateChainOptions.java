package org.bellmanrl.env.diagnostic;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * The options of {@link TwoStateChain}.
 *
 * @param near reward of staying in the first state
 * @param far reward of staying in the second state
 * @param slip probability that the other action is done instead
 * @param maxEpisodeSteps limit of an episode in steps
 */
public record TwoStateChainOptions(
    @Described(value = "reward of staying in the first state", range = Require.FINITE) double near,
    @Described(value = "reward of staying in the second state", range = Require.FINITE) double far,
    @Described(value = "chance that the other action is done instead", range = Require.UNIT)
        double slip,
    @Described(value = "limit of an episode in steps", range = Require.AT_LEAST_ONE)
        int maxEpisodeSteps) {

  public TwoStateChainOptions {
    Require.finite("near", near);
    Require.finite("far", far);
    Require.unit("slip", slip);
    Require.atLeast("max_episode_steps", maxEpisodeSteps, 1);
  }

  /** 0.2 near, 1 far, one step in ten goes wrong, 50 steps. */
  public static TwoStateChainOptions defaults() {
    return new TwoStateChainOptions(0.2, 1, 0.1, 50);
  }
}
