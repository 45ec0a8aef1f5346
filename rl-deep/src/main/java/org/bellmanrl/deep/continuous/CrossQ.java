package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.BatchRenormalization;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.replay.OffPolicyConfig;

/**
 * CrossQ: {@link Sac} without target networks, whose place batch normalisation takes.
 *
 * <pre>
 * (Q_k(S, A), Q'_k) = Q_k applied to both (S, A) and (S', A') as one batch,   A' ~ π(·|S')
 * y = R + γ (min_k Q'_k − α ln π(A'|S')), without gradient
 * Q_k:  ½ mean((Q_k(S, A) − y)²)
 * every d updates:  π and α as in SAC
 * </pre>
 *
 * <p>Source: Bhatt et al., <i>CrossQ: Batch Normalization in Deep Reinforcement Learning for
 * Greater Sample Efficiency and Simplicity</i>, 2024, algorithm 1, with {@link
 * BatchRenormalization} before each dense layer of all networks, Adam with β₁ = 0.5, and wide
 * critics. The networks normalise by the batch where they learn, and by running statistics where
 * they act or where the policy learns through the critics.
 */
public final class CrossQ extends SoftActorCritic {
  /** The id of this learner. */
  public static final String ID = "crossq";

  private static final Adam ADAM = new Adam(0.5, 0.999, 1e-8);

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public CrossQ(LearnerContext context, Config config) {
    super(ID, context, config.normalised(), config.critics(), ADAM);
  }

  /**
   * Hyperparameters.
   *
   * @param soft memory, updates, temperature and networks, where tau and targetUpdateInterval are
   *     1, since there are no target networks to move; normalisation is added to the hidden layers
   * @param momentum weight of a batch in the running statistics, in (0, 1]
   * @param warmUp passes in training before statistics of the batch are corrected by running ones,
   *     from 0 to 16,777,216
   */
  @RecordBuilder
  public record Config(
      SoftConfig soft,
      @Described(value = "weight of a batch in running statistics", range = "(0, 1]")
          double momentum,
      @Described(
              value = "passes before batch statistics are corrected by running ones",
              range = "[0, 16777216]")
          int warmUp)
      implements CrossQConfigBuilder.With {
    public Config {
      if (soft.learning().tau() != 1 || soft.targetUpdateInterval() != 1) {
        throw new IllegalArgumentException(
            "%s has no target networks: tau and target_update_interval must be 1, were %s and %d"
                .formatted(ID, soft.learning().tau(), soft.targetUpdateInterval()));
      }
      if (soft.network().recurrent() || soft.critic().recurrent()) {
        throw Trunk.refusedRecurrence(
            ID,
            "hidden was %s and critic_hidden %s"
                .formatted(soft.network().hidden(), soft.critic().hidden()));
      }
      Require.inRange("momentum", momentum, "(0, 1]");
      Require.inRange("warm_up", warmUp, "[0, 16777216]");
    }

    /** The defaults of the paper, as Stable-Baselines3 has them. */
    public static Config defaults() {
      SoftConfig sac = SoftConfig.defaults();
      OffPolicyConfig learning =
          sac.learning().with(learn -> learn.learningRate(Schedule.constant(1e-3)).tau(1));
      return new Config(
          sac.with(crossQ ->
              crossQ
                  .learning(learning)
                  .policyDelay(3)
                  .criticHidden(Optional.of(HiddenLayer.dense(1024, 1024)))),
          0.01,
          100_000);
    }

    SoftConfig normalised() {
      return soft.withNetwork(normalised(soft.network()));
    }

    CriticsPlan critics() {
      return new CriticsPlan(
          normalised(soft.critic()),
          soft.nCritics(),
          0,
          new SquaredError(),
          CriticReduction.SMALLEST,
          ADAM);
    }

    private Trunk normalised(Trunk trunk) {
      return trunk.interleaved(
          HiddenLayer.of(new BatchRenormalization(Activation.NONE, 1e-3, momentum, warmUp)));
    }
  }
}
