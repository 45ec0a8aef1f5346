package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.network.Workspace;
import org.bellmanrl.deep.replay.Pass;

/**
 * DQN with a soft policy in its target, whose logarithm is added to the reward.
 *
 * <pre>
 * π = softmax(Q⁻ / τ)
 * y = R + α clip(τ ln π(A|S), l₀, 0) + γ Σ_a π(a|S') (Q⁻(S', a) − τ ln π(a|S'))
 * θ ← θ − α_θ ∇ huber(Q(S, A; θ) − y)
 * </pre>
 *
 * <p>Source: Vieillard, Pietquin and Geist, <i>Munchausen Reinforcement Learning</i>, 2020,
 * algorithm 1. All options of {@link Dqn} can be combined with it but double Q-learning, because
 * there is no maximum. Masks, truncation and discounts count as there.
 */
public final class MunchausenDqn extends DeepControl {
  /** The id of this learner. */
  public static final String ID = "munchausen-dqn";

  /** The target network at S. */
  private final Pass present;

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public MunchausenDqn(LearnerContext context, Config config) {
    MunchausenLoss loss =
        new MunchausenLoss(
            actions(ID, context),
            config.temperature(),
            config.alpha(),
            config.leastLog(),
            config.dqn().learning().batchSize());
    super(ID, context, config.dqn(), loss);
    this.present = new Pass(network(), batch, Workspace.Use.FORWARD);
    loss.present(present.outputs());
  }

  @Override
  protected void prepare(Network target) {
    forward(target, present, false);
  }

  /**
   * Hyperparameters.
   *
   * @param dqn those of DQN, without double Q-learning
   * @param temperature τ, above 0
   * @param alpha α, in [0, 1]
   * @param leastLog l₀, at most 0 and finite
   */
  @RecordBuilder
  public record Config(
      DqnConfig dqn,
      @Described(value = "temperature of the soft policy", range = Require.POSITIVE)
          double temperature,
      @Described(value = "share of its logarithm in the reward", range = Require.UNIT) double alpha,
      @Described(value = "least logarithm that is added", range = "(-inf, 0]") double leastLog)
      implements MunchausenDqnConfigBuilder.With {
    public Config {
      if (dqn.doubleQ()) {
        throw new IllegalArgumentException(
            ID + " has no maximum to be chosen by another network: double_q must be false");
      }
      if (dqn.network().recurrent()) {
        throw Trunk.refusedRecurrence(ID, "hidden was " + dqn.network().hidden());
      }
      dqn.refuseRescaling(ID);
      Require.positive("temperature", temperature);
      Require.unit("alpha", alpha);
      Require.inRange("least_log", leastLog, "(-inf, 0]");
    }

    /** The defaults of DQN, and the paper's τ = 0.03, α = 0.9 and l₀ = −1. */
    public static Config defaults() {
      return new Config(DqnConfig.defaults(), 0.03, 0.9, -1);
    }
  }
}
