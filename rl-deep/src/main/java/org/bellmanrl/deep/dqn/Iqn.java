package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.network.ImplicitQuantiles;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.NetworkSpec;
import org.bellmanrl.deep.network.NoisyDense;

/**
 * DQN that learns the return of each action as a function of the fraction τ whose quantile is asked
 * for, by quantile regression at fractions that are drawn in each update.
 *
 * <pre>
 * Z_τ(s, a) = f(ψ(s) ⊙ φ(τ))_a,   φ_j(τ) = relu(Σ_i cos(πiτ) w_ij + b_j)
 * y_j = R + γ Z⁻_{τ'_j}(S', a*),   a* = argmax_a 1/K Σ_k Z⁻_{τ̃_k}(S', a)
 * loss = Σ_i 1/N' Σ_j |τ_i − 1{y_j &lt; Z_{τ_i}(S, A)}| · huber(y_j − Z_{τ_i}(S, A))
 * τ_i, τ'_j ~ U(0, 1),   τ̃_k = η (k − ½) / K
 * </pre>
 *
 * <p>Source: Dabney et al., <i>Implicit Quantile Networks for Distributional Reinforcement
 * Learning</i>, 2018, equations 1 to 4. f is the output layer and the last dense layer before it, ψ
 * is what comes before that (the output layer alone is f where nothing would). With η below 1
 * actions are taken by the conditional value at risk, the mean of the worst share η of the returns
 * (section 3.1).
 *
 * <p>A departure: the K fractions τ̃ that actions are taken by, here and in an exported policy, are
 * midpoints, where the paper draws them, so that the same observation has the same values. All
 * options of {@link Dqn} can be combined with it but rescaled values. Priorities come from the
 * difference of the means. Masks, truncation and discounts count as there.
 */
public final class Iqn extends DeepControl {
  /** The id of this learner. */
  public static final String ID = "iqn";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public Iqn(LearnerContext context, Config config) {
    Discrete actions = actions(ID, context);
    super(
        ID,
        context,
        config.dqn(),
        new ImplicitQuantileLoss(
            actions,
            config.quantiles(),
            config.targetQuantiles(),
            config.dqn().learning().batchSize()),
        1,
        plain -> networks(plain, config, actions.n()));
  }

  private static ControlNetworks networks(NetworkSpec plain, Config config, int actions) {
    List<LayerSpec> layers = plain.layers();
    int split = layers.size() - (config.dqn().dueling() ? 2 : 1);
    if (split > 1 && dense(layers.get(split - 1))) {
      split--;
    }
    List<LayerSpec> f = layers.subList(split, layers.size());
    int cosines = config.cosines();
    int k = config.policyQuantiles();
    NetworkSpec acting =
        network(plain, split, new ImplicitQuantiles(k, config.riskLevel(), false, cosines, f))
            .followedBy(Expectation.ofQuantiles(actions));
    return new ControlNetworks(
        network(plain, split, new ImplicitQuantiles(config.quantiles(), 1, true, cosines, f)),
        network(plain, split, new ImplicitQuantiles(config.targetQuantiles(), 1, true, cosines, f)),
        acting,
        acting);
  }

  /** ψ, the first layers of a network, and Z behind them. */
  private static NetworkSpec network(NetworkSpec plain, int split, ImplicitQuantiles z) {
    List<LayerSpec> layers = new ArrayList<>(plain.layers().subList(0, split));
    layers.add(z);
    return new NetworkSpec(plain.input(), layers);
  }

  private static boolean dense(LayerSpec layer) {
    return layer instanceof Dense || layer instanceof NoisyDense;
  }

  /**
   * Hyperparameters.
   *
   * @param dqn those of DQN, without rescaled values
   * @param quantiles N, at least 1
   * @param targetQuantiles N', at least 1
   * @param policyQuantiles K, at least 1
   * @param cosines how many cosines τ becomes, at least 1
   * @param riskLevel η, in (0, 1]
   */
  @RecordBuilder
  public record Config(
      DqnConfig dqn,
      @Described(value = "fractions at which quantiles are learned", range = Require.AT_LEAST_ONE)
          int quantiles,
      @Described(value = "fractions at which targets are computed", range = Require.AT_LEAST_ONE)
          int targetQuantiles,
      @Described(value = "fractions that actions are taken by", range = Require.AT_LEAST_ONE)
          int policyQuantiles,
      @Described(value = "cosines that a fraction becomes", range = Require.AT_LEAST_ONE)
          int cosines,
      @Described(
              value = "share of the worst returns that actions are taken by; 1 for the mean",
              range = "(0, 1]",
              aliases = "cvar")
          double riskLevel)
      implements IqnConfigBuilder.With {
    public Config {
      dqn.refuseRescaling(ID);
      Require.atLeast("quantiles", quantiles, 1);
      Require.atLeast("target_quantiles", targetQuantiles, 1);
      Require.atLeast("policy_quantiles", policyQuantiles, 1);
      Require.atLeast("cosines", cosines, 1);
      Require.inRange("risk_level", riskLevel, "(0, 1]");
    }

    /** The defaults of DQN with the paper's N = N' = 64, K = 32 and 64 cosines. */
    public static Config defaults() {
      return new Config(DqnConfig.defaults(), 64, 64, 32, 64, 1);
    }
  }
}
