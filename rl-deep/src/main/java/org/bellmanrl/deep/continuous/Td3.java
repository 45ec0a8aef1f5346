package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;

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
    super(ID, context, config.ddpg(), config.nCritics());
    this.config = config;
    this.smoothing = new double[batch.maxSize() * inputs.actionSize()];
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
   * @param ddpg those of DDPG
   * @param nCritics how many critics there are, at least 1; the policy learns through the first
   * @param policyDelay d, at least 1
   * @param targetPolicyNoise σ̃, at least 0
   * @param targetNoiseClip c, at least 0
   */
  @RecordBuilder
  public record Config(
      Ddpg.Config ddpg,
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
          double targetNoiseClip)
      implements Td3ConfigBuilder.With {
    public Config {
      Require.atLeast("n_critics", nCritics, 1);
      Require.atLeast("policy_delay", policyDelay, 1);
      Require.notNegative("target_policy_noise", targetPolicyNoise);
      Require.notNegative("target_noise_clip", targetNoiseClip);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(Ddpg.Config.defaults(), 2, 2, 0.2, 0.5);
    }
  }
}
