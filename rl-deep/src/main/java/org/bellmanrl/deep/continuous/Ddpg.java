package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.replay.OffPolicyConfig;

/**
 * Deep deterministic policy gradient: Q-learning for actions of real numbers, in which a policy
 * network takes the place of the maximum over actions.
 *
 * <pre>
 * y = R + γ Q̄(S', μ̄(S'))
 * Q:  ½ mean((Q(S, A) − y)²)
 * μ:  −mean(Q(S, μ(S)))
 * Q̄ ← Q̄ + τ (Q − Q̄),  μ̄ ← μ̄ + τ (μ − μ̄)
 * </pre>
 *
 * <p>Source: Lillicrap et al., <i>Continuous Control with Deep Reinforcement Learning</i>, 2016,
 * algorithm 1; its exploration noise is {@code ornstein-uhlenbeck}. As in Stable-Baselines3, the
 * critic has no weight decay, actions enter it with the observation, and one learning rate serves
 * both networks.
 */
public final class Ddpg extends DeterministicControl {
  /** The id of this learner. */
  public static final String ID = "ddpg";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public Ddpg(LearnerContext context, Config config) {
    super(ID, context, config, 1);
  }

  @Override
  void learn(double rate) {
    critics.next(nextActions());
    evaluateNextStep();
    learnCritics(rate);
    learnPolicy(rate);
    follow();
  }

  /**
   * Hyperparameters, by the names and with the defaults of Stable-Baselines3 and the exploration of
   * RL Zoo.
   *
   * @param learning memory and updates; the learning rate is that of policy and critic, and actions
   *     are uniformly random until learning starts
   * @param noise how actions are explored from then on
   * @param network hidden layers of the policy network
   * @param criticHidden those of the critic; empty for the same
   */
  @RecordBuilder
  public record Config(
      OffPolicyConfig learning,
      @Described(
              "noise of actions, in units of half their range, or of parameters: none, normal:x,"
                  + " ornstein-uhlenbeck:x or adaptive-param:x")
          ExplorationNoise noise,
      Trunk network,
      @Described("hidden layers of the critic; None for the same as hidden")
          Optional<List<HiddenLayer>> criticHidden)
      implements DdpgConfigBuilder.With {
    public Config {
      criticHidden = criticHidden.map(List::copyOf);
    }

    /** The layers of the critic. */
    Trunk critic() {
      return network.withHidden(criticHidden.orElse(network.hidden()));
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OffPolicyConfig(Schedule.constant(1e-3), 1_000_000, 100, 256, 0.005, 0.99, 1, 1, 0),
          ExplorationNoise.normal(0.1),
          Trunk.of(Activation.RELU, 400, 300),
          Optional.empty());
    }
  }
}
