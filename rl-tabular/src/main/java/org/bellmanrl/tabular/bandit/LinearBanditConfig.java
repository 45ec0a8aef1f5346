package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;

/**
 * Hyperparameters of bandits with linear models. The regularisation is that of LinUCB's paper.
 *
 * @param confidence how much the uncertainty of an estimate counts, in standard deviations, above
 *     0: α of LinUCB, v of Thompson sampling
 * @param regularisation λ of the ridge regression, above 0
 */
@RecordBuilder
public record LinearBanditConfig(
    @Described(
            value = "how much uncertainty counts, in standard deviations",
            range = Require.POSITIVE,
            aliases = {"alpha", "spread", "v"})
        double confidence,
    @Described(
            value = "strength of the regularisation of weights towards 0",
            range = Require.POSITIVE)
        double regularisation)
    implements LinearBanditConfigBuilder.With {
  public LinearBanditConfig {
    Require.positive("confidence", confidence);
    Require.positive("regularisation", regularisation);
  }

  /** Returns the defaults. */
  public static LinearBanditConfig defaults() {
    return new LinearBanditConfig(1, 1);
  }
}
