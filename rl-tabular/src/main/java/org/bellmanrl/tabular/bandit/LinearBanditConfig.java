package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * Hyperparameters of bandits with linear models. The regularisation is that of LinUCB's paper.
 *
 * @param confidence how much the uncertainty of an estimate counts, in standard deviations, above
 *     0: α of LinUCB, v of Thompson sampling
 * @param regularisation λ of the ridge regression, above 0
 */
public record LinearBanditConfig(
    @Described(
            value = "how much uncertainty counts, in standard deviations",
            range = Require.POSITIVE,
            aliases = {"alpha", "spread", "v"})
        double confidence,
    @Described(value = "how firmly weights are held to 0", range = Require.POSITIVE)
        double regularisation) {
  public LinearBanditConfig {
    Require.positive("confidence", confidence);
    Require.positive("regularisation", regularisation);
  }

  /** Returns the defaults. */
  public static LinearBanditConfig defaults() {
    return new LinearBanditConfig(1, 1);
  }

  /** Returns this configuration with another weight of the uncertainty. */
  public LinearBanditConfig withConfidence(double confidence) {
    return new LinearBanditConfig(confidence, regularisation);
  }

  /** Returns this configuration with another λ. */
  public LinearBanditConfig withRegularisation(double regularisation) {
    return new LinearBanditConfig(confidence, regularisation);
  }
}
