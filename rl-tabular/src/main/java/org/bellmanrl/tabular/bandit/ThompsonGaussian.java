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
 * Takes each arm as often as it is believed to be the best: Thompson sampling for normal rewards of
 * known deviation.
 *
 * <pre>
 * precision(a) = 1 / s₀² + N(a) / σ²
 * mean(a) = (m₀ / s₀² + Σ R / σ²) / precision(a)
 * draw θ(a) from N(mean(a), 1 / precision(a)) for all arms, take the largest
 * </pre>
 *
 * <p>Source: Thompson, <i>On the Likelihood that One Unknown Probability Exceeds Another</i>,
 * Biometrika 25, 1933; Russo, Van Roy, Kazerouni, Osband &amp; Wen, <i>A Tutorial on Thompson
 * Sampling</i>, Foundations and Trends in Machine Learning 11, 2018. Beyond them, it keeps beliefs
 * for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ThompsonGaussian extends ThompsonSampling {
  /** The id of this learner. */
  public static final String ID = "thompson-gaussian";

  /**
   * Creates a learner that believes in the prior.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ThompsonGaussian(LearnerContext context, Config config) {
    Accepts.tables().check(ID, context.spec());
    super(context, config.priorMean(), new NormalBeliefs(config, context.spec()));
  }

  private static final class NormalBeliefs extends Beliefs {
    private final Config config;
    private final double[] pulls;
    private final double[] sums;

    NormalBeliefs(Config config, EnvironmentSpec spec) {
      super(spec);
      this.config = config;
      this.pulls = perEntry();
      this.sums = perEntry();
    }

    private NormalBeliefs(NormalBeliefs original) {
      super(original);
      this.config = original.config;
      this.pulls = original.pulls.clone();
      this.sums = original.sums.clone();
    }

    @Override
    void learn(int entry, double reward) {
      pulls[entry]++;
      sums[entry] += reward;
    }

    @Override
    double mean(int entry) {
      double prior = config.priorMean() / (config.priorDeviation() * config.priorDeviation());
      return (prior + sums[entry] / (config.noise() * config.noise())) / precision(entry);
    }

    private double precision(int entry) {
      return 1 / (config.priorDeviation() * config.priorDeviation())
          + pulls[entry] / (config.noise() * config.noise());
    }

    @Override
    double draw(int entry, RandomStream random) {
      return mean(entry) + random.standardNormal() / Math.sqrt(precision(entry));
    }

    @Override
    public NormalBeliefs snapshot() {
      return new NormalBeliefs(this);
    }

    @Override
    public void carry(State state) {
      state.carry("pulls", pulls);
      state.carry("sums", sums);
    }
  }

  /**
   * Hyperparameters. The defaults are right for the testbed of Sutton &amp; Barto's section 2.3.
   *
   * @param priorMean m₀, finite
   * @param priorDeviation s₀, above 0
   * @param noise σ, above 0
   */
  @RecordBuilder
  public record Config(
      @Described("mean reward believed in beforehand") double priorMean,
      @Described(value = "doubt about that mean", range = Require.POSITIVE) double priorDeviation,
      @Described(value = "standard deviation of an arm's rewards", range = Require.POSITIVE)
          double noise)
      implements ThompsonGaussianConfigBuilder.With {
    public Config {
      Require.finite("prior_mean", priorMean);
      Require.positive("prior_deviation", priorDeviation);
      Require.positive("noise", noise);
    }

    /** Returns the defaults. */
    public static Config defaults() {
      return new Config(0, 1, 1);
    }
  }
}
