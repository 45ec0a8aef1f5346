package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.deep.optimizer.Adam;

/**
 * Truncated quantile critics: {@link Sac} with critics that learn quantiles of the return, in whose
 * targets the largest quantiles of all critics together are left out, so that values are not
 * overestimated.
 *
 * <pre>
 * z = the quantiles of all Z̄_k(S', A'), sorted, without the d · K largest,   A' ~ π(·|S')
 * y_j = R + γ (z_j − α ln π(A'|S'))
 * Z_k:  quantile Huber loss towards all y_j
 * π:    mean(α ln π(Ã|S) − mean of the quantiles of all Z_k(S, Ã))
 * </pre>
 *
 * <p>Source: Kuznetsov et al., <i>Controlling Overestimation Bias with Truncated Mixture of
 * Continuous Distributional Quantile Critics</i>, 2020, algorithm 1. Temperature and targets learn
 * as in {@link Sac}.
 */
public final class Tqc extends SoftActorCritic {
  /** The id of this learner. */
  public static final String ID = "tqc";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public Tqc(LearnerContext context, Config config) {
    super(ID, context, config.soft(), config.critics(), new Adam());
  }

  /**
   * Hyperparameters.
   *
   * @param soft memory, updates, temperature and networks
   * @param nQuantiles quantiles of each critic, at least 1
   * @param topQuantilesToDropPerNet d, at least 0 and below nQuantiles
   */
  @RecordBuilder
  public record Config(
      SoftConfig soft,
      @Described(value = "quantiles of each critic", range = Require.AT_LEAST_ONE) int nQuantiles,
      @Described(
              value = "largest quantiles that targets leave out, for each critic",
              range = "[0, n_quantiles)")
          int topQuantilesToDropPerNet)
      implements TqcConfigBuilder.With {
    public Config {
      Require.atLeast("n_quantiles", nQuantiles, 1);
      Require.inRange(
          "top_quantiles_to_drop_per_net",
          topQuantilesToDropPerNet,
          "[0, " + (nQuantiles - 1) + "]");
    }

    /** The defaults of Stable-Baselines3: two critics of 25 quantiles, of which two are dropped. */
    public static Config defaults() {
      return new Config(SoftConfig.defaults(), 25, 2);
    }

    CriticsPlan critics() {
      return new CriticsPlan(
          soft.critic(),
          soft.nCritics(),
          soft.nCritics(),
          new QuantileRegression(nQuantiles, topQuantilesToDropPerNet),
          CriticReduction.MEAN,
          new Adam());
    }
  }
}
