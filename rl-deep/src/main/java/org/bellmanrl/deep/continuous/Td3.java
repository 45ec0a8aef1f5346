package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Trunk;
import org.bellmanrl.deep.optimizer.Adam;
import org.bellmanrl.deep.replay.OffPolicyConfig;

/**
 * Twin delayed deep deterministic policy gradient: {@link Ddpg} with the smaller value of twin
 * critics, smoothed targets, and a policy that learns more slowly than the critics.
 *
 * <pre>
 * y = R + γ min_k Q̄_k(S', Ã),   Ã = clip(μ̄(S') + clip(ε, −c, c), −1, 1),   ε ~ N(0, σ̃²)
 * Q_k:  ½ mean((Q_k(S, A) − y)²)
 * every d updates:
 *   μ:  −mean(Q₁(S, μ(S)))
 *   Q̄_k ← Q̄_k + τ (Q_k − Q̄_k),  μ̄ ← μ̄ + τ (μ − μ̄)
 * </pre>
 *
 * <p>Source: Fujimoto, van Hoof and Meger, <i>Addressing Function Approximation Error in
 * Actor-Critic Methods</i>, 2018, algorithm 1. σ̃ and c are in units of half the range of an
 * element of an action.
 */
public final class Td3 extends DeterministicControl {
  /** The id of this learner. */
  public static final String ID = "td3";

  private final Config config;
  private final double[] smoothing;

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public Td3(LearnerContext context, Config config) {
    super(
        ID,
        context,
        config.learning(),
        config.network(),
        new CriticsPlan(
            config.network().withHidden(config.criticHidden().orElse(config.network().hidden())),
            config.nCritics(),
            config.nCritics(),
            new SquaredError(),
            Combination.FIRST,
            new Adam()),
        config.noise());
    this.config = config;
    this.smoothing = new double[config.learning().batchSize() * inputs.actionSize()];
  }

  @Override
  void learn(double rate) {
    double[] next = nextActions();
    int count = batch.size() * inputs.actionSize();
    smooth(count, next, smoothing, config.targetPolicyNoise(), config.targetNoiseClip(), noise);
    critics.next(next);
    evaluateNextStep();
    learnCritics(rate);
    if (every(config.policyDelay())) {
      learnPolicy(rate);
      follow();
    }
  }

  /**
   * Adds clipped noise to actions, within [−1, 1].
   *
   * @param count elements of all of them
   * @param noise takes ε, one {@code standardNormal()} per element, times the deviation
   */
  static void smooth(
      int count,
      double[] actions,
      double[] noise,
      double deviation,
      double clip,
      RandomStream random) {
    random.fillStandardNormal(noise, 0, count);
    for (int i = 0; i < count; i++) {
      double epsilon = Math.max(-clip, Math.min(clip, deviation * noise[i]));
      actions[i] = Math.max(-1, Math.min(1, actions[i] + epsilon));
    }
  }

  /**
   * Hyperparameters, by the names and with the defaults of Stable-Baselines3 and the exploration of
   * RL Zoo.
   *
   * @param learning memory and updates; the learning rate is that of policy and critics, and
   *     actions are uniformly random until learning starts
   * @param noise how actions are explored from then on
   * @param nCritics how many critics there are, at least 1; the policy learns through the first
   * @param policyDelay d, at least 1
   * @param targetPolicyNoise σ̃, at least 0
   * @param targetNoiseClip c, at least 0
   * @param network hidden layers of the policy network
   * @param criticHidden those of the critics; empty for the same
   */
  @RecordBuilder
  public record Config(
      OffPolicyConfig learning,
      @Described(
              value = "noise of actions, in units of half their range, or of parameters",
              range = "none, normal:x, ornstein-uhlenbeck:x or adaptive-param:x")
          ExplorationNoise noise,
      @Described(value = "critics", range = Require.AT_LEAST_ONE) int nCritics,
      @Described(
              value = "updates of the critics for one of the policy",
              range = Require.AT_LEAST_ONE)
          int policyDelay,
      @Described(
              value = "deviation of the noise that smooths targets",
              range = Require.NOT_NEGATIVE)
          double targetPolicyNoise,
      @Described(value = "limit of the noise that smooths targets", range = Require.NOT_NEGATIVE)
          double targetNoiseClip,
      Trunk network,
      @Described("hidden layers of the critics; None for the same as hidden")
          Optional<List<HiddenLayer>> criticHidden)
      implements Td3ConfigBuilder.With {
    public Config {
      Require.atLeast("n_critics", nCritics, 1);
      Require.atLeast("policy_delay", policyDelay, 1);
      Require.notNegative("target_policy_noise", targetPolicyNoise);
      Require.notNegative("target_noise_clip", targetNoiseClip);
      criticHidden = criticHidden.map(List::copyOf);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(
          new OffPolicyConfig(Schedule.constant(1e-3), 1_000_000, 100, 256, 0.005, 0.99, 1, 1, 0),
          ExplorationNoise.normal(0.1),
          2,
          2,
          0.2,
          0.5,
          Trunk.of(Activation.RELU, 400, 300),
          Optional.empty());
    }
  }
}
