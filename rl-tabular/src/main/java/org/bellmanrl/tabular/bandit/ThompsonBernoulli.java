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
 * 2011. Beyond them, a reward between the two ends counts as a part of a success, and there are
 * beliefs for each of finitely many observations.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ThompsonBernoulli implements Learner {
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
  public ThompsonBernoulli(LearnerContext context, Config config) {
    Accepts.tables().check("thompson-bernoulli", context.spec());
    EnvironmentSpec spec = context.spec();
    this.index = ActionIndex.of(spec.actionSpace());
    this.means =
        new QTable(
            spec,
            config.rewardLow()
                + (config.rewardHigh() - config.rewardLow())
                    * config.priorSuccesses()
                    / (config.priorSuccesses() + config.priorFailures()));
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
    state.begin("thompson-bernoulli", 1);
    state.carry("means", means);
    state.carry("successes", beliefs.successes);
    state.carry("failures", beliefs.failures);
    state.end();
  }

  private static final class Beliefs implements Posterior {
    private final Config config;
    private final ProductIndex states;
    private final int actions;
    private final double[] successes;
    private final double[] failures;

    Beliefs(Config config, ProductIndex states, int actions) {
      this.config = config;
      this.states = states;
      this.actions = actions;
      this.successes = new double[Math.multiplyExact(states.size(), actions)];
      this.failures = new double[Math.multiplyExact(states.size(), actions)];
    }

    private Beliefs(Beliefs original) {
      this.config = original.config;
      this.states = original.states;
      this.actions = original.actions;
      this.successes = original.successes.clone();
      this.failures = original.failures.clone();
    }

    int entry(Observations observations, int row, int action) {
      return states.of(observations.values(), row) * actions + action;
    }

    void learn(int entry, double reward) {
      double success =
          BanditChecks.scaled(
              "thompson-bernoulli", reward, config.rewardLow(), config.rewardHigh());
      successes[entry] += success;
      failures[entry] += 1 - success;
    }

    double mean(int entry) {
      double a = config.priorSuccesses() + successes[entry];
      double b = config.priorFailures() + failures[entry];
      return config.rewardLow() + (config.rewardHigh() - config.rewardLow()) * a / (a + b);
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
      return BetaDistribution.draw(
          config.priorSuccesses() + successes[entry],
          config.priorFailures() + failures[entry],
          random);
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
  public record Config(
      @Described(value = "successes believed in beforehand", range = "above 0")
          double priorSuccesses,
      @Described(value = "failures believed in beforehand", range = "above 0") double priorFailures,
      @Described("the reward that is a failure") double rewardLow,
      @Described("the reward that is a success") double rewardHigh) {
    public Config {
      BanditChecks.positive("priorSuccesses", priorSuccesses);
      BanditChecks.positive("priorFailures", priorFailures);
      BanditChecks.rewards(rewardLow, rewardHigh);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(1, 1, 0, 1);
    }
  }
}
