package org.bellmanrl.deep.continuous;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.deep.internal.Categories;
import org.bellmanrl.deep.optimizer.Adam;

/**
 * Soft actor-critic: learns values of reward and entropy together from a memory, and a stochastic
 * policy for actions of real numbers that makes the most of both.
 *
 * <pre>
 * y = R + γ (min_k Q̄_k(S', A') − α ln π(A'|S')),   A' ~ π(·|S')
 * Q_k:  ½ mean((Q_k(S, A) − y)²)
 * π:    mean(α ln π(Ã|S) − min_k Q_k(S, Ã)),        Ã = tanh(μ(S) + σ(S) ε)
 * α:    mean(−ln α (ln π(Ã|S) + H̄))
 * Q̄_k ← Q̄_k + τ (Q_k − Q̄_k)
 * </pre>
 *
 * <p>Source: Haarnoja et al., <i>Soft Actor-Critic Algorithms and Applications</i>, 2018, algorithm
 * 1, with twin critics and a learned temperature.
 *
 * <p>With more critics, a minimum over a few that are drawn for each update, a policy that
 * maximises the mean of all, and many updates of the critics for a step and for one of the policy,
 * it is REDQ (Chen et al., <i>Randomized Ensembled Double Q-Learning</i>, 2021, algorithm 1). With
 * as many updates of two critics with dropout and layer normalisation behind each dense layer it is
 * DroQ (Hiraoka et al., <i>Dropout Q-Functions for Doubly Efficient Reinforcement Learning</i>,
 * 2022). With hyperspherical layers, and critics of the distribution of the return over fixed
 * atoms, whose means are the values, it is SimbaV2 (Lee et al., <i>Hyperspherical Normalization for
 * Scalable Deep Reinforcement Learning</i>, 2025) for rewards that are scaled to the atoms' range.
 */
public final class Sac extends SoftActorCritic {
  /** The id of this learner. */
  public static final String ID = "sac";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not vectors within finite bounds, or if the
   *     memory does not fit into the heap
   */
  public Sac(LearnerContext context, Config config) {
    super(ID, context, config.soft(), config.critics(), new Adam());
  }

  /**
   * Hyperparameters.
   *
   * @param soft memory, updates, temperature and networks
   * @param targetCritics of how many critics the smallest value makes a target, from 1 to nCritics;
   *     if not of all, of those that are drawn for each update
   * @param meanOfCritics whether the policy maximises the mean of all critics instead of the
   *     smallest value
   * @param atoms returns that critics learn probabilities of, at least 2; 0 for the value alone
   * @param vMin the smallest of these, finite
   * @param vMax the largest of these, finite and above vMin
   */
  @RecordBuilder
  public record Config(
      SoftConfig soft,
      @Described(
              value = "critics of which the smallest value makes a target, drawn for each update",
              range = "[1, n_critics]")
          int targetCritics,
      @Described("whether the policy maximises the mean of the critics, not the smallest value")
          boolean meanOfCritics,
      @Described(
              value = "returns that critics learn probabilities of; 0 for the value alone",
              range = "0 or at least 2")
          int atoms,
      @Described(value = "smallest return of these", range = Require.FINITE) double vMin,
      @Described(value = "largest return of these", range = "above v_min") double vMax)
      implements SacConfigBuilder.With {
    public Config {
      Require.inRange("target_critics", targetCritics, "[1, " + soft.nCritics() + "]");
      if (atoms < 0 || atoms == 1) {
        throw new IllegalArgumentException("atoms must be 0, or at least 2, was " + atoms);
      }
      Categories.requireRange(vMin, vMax);
    }

    /** The defaults of Stable-Baselines3; returns are those of SimbaV2. */
    public static Config defaults() {
      return new Config(SoftConfig.defaults(), 2, false, 0, -5, 5);
    }

    CriticsPlan critics() {
      return new CriticsPlan(
          soft.critic(),
          soft.nCritics(),
          targetCritics,
          atoms == 0
              ? new SquaredError()
              : new CategoricalLoss(atoms, vMin, vMax, soft.learning().batchSize()),
          meanOfCritics ? CriticReduction.MEAN : CriticReduction.SMALLEST,
          new Adam());
    }
  }
}
