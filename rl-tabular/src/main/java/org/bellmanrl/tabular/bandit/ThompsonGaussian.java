package org.bellmanrl.tabular.bandit;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

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
 * Sampling</i>, Foundations and Trends in Machine Learning 11, 2018. Beyond them, there are beliefs
 * for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ThompsonGaussian implements Learner {
  private final Beliefs beliefs;
  private final ActionIndex index;
  private final QTable means;
  private final ThompsonPolicy behaviour;
  private final Greedy policy;

  /**
   * A learner with beliefs of its own.
   *
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  public ThompsonGaussian(LearnerContext context, Config config) {
    Accepts.tables().check("thompson-gaussian", context.spec());
    EnvironmentSpec spec = context.spec();
    this.index = ActionIndex.of(spec.actionSpace());
    this.means = new QTable(spec, config.priorMean());
    this.beliefs = new Beliefs(config, States.index(spec.observationSpace()), index.size());
    this.behaviour = new ThompsonPolicy(beliefs, index);
    this.policy = new Greedy(means, spec.actionSpace(), TieBreak.RANDOM);
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int action = index.of(transitions.actions().values(), row);
      int entry = beliefs.entry(transitions.observations(), row, action);
      beliefs.learn(entry, transitions.reward()[row]);
      means.add(entry, beliefs.mean(entry) - means.get(entry));
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the posterior means. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** The posterior means. */
  public QTable means() {
    return means;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(means);
  }

  @Override
  public void carry(State state) {
    state.begin("thompson-gaussian", 1);
    state.carry("means", means);
    state.carry("pulls", beliefs.pulls);
    state.carry("sums", beliefs.sums);
    state.end();
  }

  private static final class Beliefs implements Posterior {
    private final Config config;
    private final ProductIndex states;
    private final int actions;
    private final double[] pulls;
    private final double[] sums;

    Beliefs(Config config, ProductIndex states, int actions) {
      this.config = config;
      this.states = states;
      this.actions = actions;
      this.pulls = new double[Math.multiplyExact(states.size(), actions)];
      this.sums = new double[Math.multiplyExact(states.size(), actions)];
    }

    private Beliefs(Beliefs original) {
      this.config = original.config;
      this.states = original.states;
      this.actions = original.actions;
      this.pulls = original.pulls.clone();
      this.sums = original.sums.clone();
    }

    int entry(Observations observations, int row, int action) {
      return states.of(observations.values(), row) * actions + action;
    }

    void learn(int entry, double reward) {
      pulls[entry]++;
      sums[entry] += reward;
    }

    double mean(int entry) {
      double prior = config.priorMean() / (config.priorDeviation() * config.priorDeviation());
      return (prior + sums[entry] / (config.noise() * config.noise())) / precision(entry);
    }

    private double precision(int entry) {
      return 1 / (config.priorDeviation() * config.priorDeviation())
          + pulls[entry] / (config.noise() * config.noise());
    }

    @Override
    public Beliefs snapshot() {
      return new Beliefs(this);
    }

    @Override
    public int scratch() {
      return 0;
    }

    @Override
    public double draw(
        Observations observations, int row, int action, RandomStream random, double[] scratch) {
      int entry = entry(observations, row, action);
      return mean(entry) + random.standardNormal() / Math.sqrt(precision(entry));
    }
  }

  /**
   * Hyperparameters. The defaults are right for the testbed of Sutton &amp; Barto's section 2.3.
   *
   * @param priorMean m₀, finite
   * @param priorDeviation s₀, above 0
   * @param noise σ, above 0
   */
  public record Config(
      @Described("mean reward believed in beforehand") double priorMean,
      @Described(value = "doubt about that mean", range = "above 0") double priorDeviation,
      @Described(value = "standard deviation of an arm's rewards", range = "above 0")
          double noise) {
    public Config {
      BanditChecks.finite("priorMean", priorMean);
      BanditChecks.positive("priorDeviation", priorDeviation);
      BanditChecks.positive("noise", noise);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(0, 1, 1);
    }
  }
}
