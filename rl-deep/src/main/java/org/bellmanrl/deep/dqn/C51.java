package org.bellmanrl.deep.dqn;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.Categories;
import org.bellmanrl.deep.network.Expectation;
import org.bellmanrl.deep.replay.OffPolicyConfig;

/**
 * DQN that learns the distribution of the return of each action over fixed atoms instead of its
 * mean.
 *
 * <pre>
 * m = Φ(R + γ z) with the probabilities of p⁻(S', a*),   a* = argmax_a Σ_i z_i p⁻_i(S', a)
 * loss = −Σ_i m_i ln p_i(S, A)
 * </pre>
 *
 * <p>Source: Bellemare, Dabney and Munos, <i>A Distributional Perspective on Reinforcement
 * Learning</i>, 2017, algorithm 1. All options of {@link Dqn} can be combined with it but rescaled
 * values; with all six parts of {@link Config#rainbow} it is Rainbow. Priorities come from the loss
 * and each atom is dueling for itself (Hessel et al., 2018). Masks, truncation and discounts count
 * as there.
 */
public final class C51 extends DeepControl {
  /** The id of this learner. */
  public static final String ID = "c51";

  /**
   * Creates a learner with new networks and an empty replay memory.
   *
   * @throws IllegalArgumentException if actions are not Discrete, or if the memory does not fit
   *     into the heap
   */
  public C51(LearnerContext context, Config config) {
    Discrete actions = actions(ID, context);
    super(
        ID,
        context,
        config.dqn(),
        new C51Loss(
            actions,
            config.atoms(),
            config.vMin(),
            config.vMax(),
            config.dqn().learning().batchSize()),
        config.atoms(),
        Expectation.ofCategories(actions.n(), config.vMin(), config.vMax()));
  }

  /**
   * Hyperparameters.
   *
   * @param dqn those of DQN, without rescaled values
   * @param atoms returns that have a probability, at least 2
   * @param vMin the smallest of these, finite
   * @param vMax the largest of these, finite and above vMin
   */
  @RecordBuilder
  public record Config(
      DqnConfig dqn,
      @Described(value = "returns that have a probability", range = "at least 2") int atoms,
      @Described(value = "smallest return", range = Require.FINITE) double vMin,
      @Described(value = "largest return", range = "above v_min") double vMax)
      implements C51ConfigBuilder.With {
    public Config {
      dqn.refuseRescaling(ID);
      Require.atLeast("atoms", atoms, 2);
      Categories.requireRange(vMin, vMax);
    }

    /** The defaults of DQN with the paper's 51 atoms from −10 to 10. */
    public static Config defaults() {
      return new Config(DqnConfig.defaults(), 51, -10, 10);
    }

    /**
     * Rainbow (Hessel et al., <i>Rainbow: Combining Improvements in Deep Reinforcement
     * Learning</i>, 2018, table 1): a distribution, double Q-learning, a dueling head, prioritised
     * replay, returns over 3 steps, and noisy layers instead of ε.
     */
    public static Config rainbow() {
      Config defaults = defaults();
      DqnConfig dqn =
          defaults
              .dqn
              .withLearning(
                  new OffPolicyConfig(
                      Schedule.constant(6.25e-5), 1_000_000, 20_000, 32, 1, 0.99, 4, 1, 0))
              .withTargetUpdateInterval(8_000)
              .withExploration(Schedule.constant(0))
              .withDoubleQ(true)
              .withDueling(true)
              .withNSteps(3)
              .withPrioritised(true)
              .withPriorityAlpha(0.5)
              .withNoisy(true);
      return defaults.withDqn(dqn);
    }
  }
}
