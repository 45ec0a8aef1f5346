package org.bellmanrl.tabular.bandit;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;

/**
 * Takes each arm as often as it is believed to be the best: Thompson sampling for rewards of 0 or
 * 1.
 *
 * <pre>
 * draw θ(a) from Beta(a₀ + S(a), b₀ + F(a)) for all arms, take the largest
 * S(A) ← S(A) + R,  F(A) ← F(A) + 1 − R
 * </pre>
 *
 * <p>Source: Thompson, <i>On the Likelihood that One Unknown Probability Exceeds Another</i>,
 * Biometrika 25, 1933; Chapelle &amp; Li, <i>An Empirical Evaluation of Thompson Sampling</i>, NIPS
 * 2011. Beyond them, a reward between the two ends counts as a part of a success, and it keeps
 * beliefs for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ThompsonBernoulli extends ThompsonSampling {
  /** The id of this learner. */
  public static final String ID = "thompson-bernoulli";

  /**
   * Creates a learner that believes in the prior.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ThompsonBernoulli(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    double priorMean =
        config.rewardLow()
            + (config.rewardHigh() - config.rewardLow())
                * config.priorSuccesses()
                / (config.priorSuccesses() + config.priorFailures());
    super(context, priorMean, new BetaBeliefs(config, context.spec()));
  }

  private static final class BetaBeliefs extends Beliefs {
    private final Config config;
    private final double[] successes;
    private final double[] failures;

    BetaBeliefs(Config config, EnvironmentSpec spec) {
      super(spec);
      this.config = config;
      this.successes = perEntry();
      this.failures = perEntry();
    }

    private BetaBeliefs(BetaBeliefs original) {
      super(original);
      this.config = original.config;
      this.successes = original.successes.clone();
      this.failures = original.failures.clone();
    }

    @Override
    void learn(int entry, double reward) {
      double success = RewardRange.scale(reward, config.rewardLow(), config.rewardHigh());
      successes[entry] += success;
      failures[entry] += 1 - success;
    }

    @Override
    double mean(int entry) {
      double a = config.priorSuccesses() + successes[entry];
      double b = config.priorFailures() + failures[entry];
      return config.rewardLow() + (config.rewardHigh() - config.rewardLow()) * a / (a + b);
    }

    @Override
    double draw(int entry, RandomStream random) {
      return BetaDistribution.draw(
          config.priorSuccesses() + successes[entry],
          config.priorFailures() + failures[entry],
          random);
    }

    @Override
    public BetaBeliefs snapshot() {
      return new BetaBeliefs(this);
    }

    @Override
    public void carry(State state) {
      state.carry("successes", successes);
      state.carry("failures", failures);
    }
  }

  /**
   * Hyperparameters. The default is the uniform prior.
   *
   * @param priorSuccesses a₀, above 0
   * @param priorFailures b₀, above 0
   * @param rewardLow the reward that is a failure
   * @param rewardHigh the reward that is a success, above rewardLow
   */
  @RecordBuilder
  public record Config(
      @Described(value = "successes believed in beforehand", range = Require.POSITIVE)
          double priorSuccesses,
      @Described(value = "failures believed in beforehand", range = Require.POSITIVE)
          double priorFailures,
      @Described("the reward that is a failure") double rewardLow,
      @Described("the reward that is a success") double rewardHigh)
      implements ThompsonBernoulliConfigBuilder.With {
    public Config {
      Require.positive("prior_successes", priorSuccesses);
      Require.positive("prior_failures", priorFailures);
      RewardRange.check(rewardLow, rewardHigh);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(1, 1, 0, 1);
    }
  }
}
