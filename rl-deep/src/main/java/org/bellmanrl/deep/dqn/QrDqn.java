package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.Expectation;

/**
 * DQN that learns quantiles of the return of each action instead of its mean, by quantile
 * regression towards those of the target network.
 *
 * <pre>
 * y_j = R + γ θ⁻_j(S', a*),   a* = argmax_a Σ_j θ⁻_j(S', a)
 * loss = Σ_i 1/N Σ_j |τ_i − 1{y_j &lt; θ_i(S, A)}| · huber(y_j − θ_i(S, A))
 * </pre>
 *
 * <p>Source: Dabney et al., <i>Distributional Reinforcement Learning with Quantile Regression</i>,
 * 2018, algorithm 1. All options of {@link Dqn} can be combined with it but rescaled values.
 * Priorities come from the difference of the means. Masks, truncation and discounts count as there.
 */
public final class QrDqn extends DeepControl {
  /** The id of this learner. */
  public static final String ID = "qr-dqn";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public QrDqn(LearnerContext context, Config config) {
    Discrete actions = actions(ID, context);
    super(
        ID,
        context,
        config.dqn(),
        new QuantileLoss(actions, config.quantiles(), config.dqn().learning().batchSize()),
        config.quantiles(),
        Expectation.ofQuantiles(actions.n()));
  }

  /**
   * Hyperparameters.
   *
   * @param dqn those of DQN, without rescaled values
   * @param quantiles N, at least 1
   */
  @RecordBuilder
  public record Config(
      DqnConfig dqn,
      @Described(value = "quantiles of the return per action", range = Require.AT_LEAST_ONE)
          int quantiles)
      implements QrDqnConfigBuilder.With {
    public Config {
      dqn.refuseRescaling(ID);
      Require.atLeast("quantiles", quantiles, 1);
    }

    /** The defaults of DQN with the 200 quantiles of the paper. */
    public static Config defaults() {
      return new Config(DqnConfig.defaults(), 200);
    }
  }
}
