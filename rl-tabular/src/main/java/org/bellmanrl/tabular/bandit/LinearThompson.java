package org.bellmanrl.tabular.bandit;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.SpaceKind;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Takes each arm as often as it is believed to be the best in a context, by a linear model per arm.
 *
 * <pre>
 * draw θ̃_a from N(θ_a, v² A_a⁻¹) for all arms, take the largest θ̃_aᵀ x
 * A_a ← A_a + x xᵀ,  b_a ← b_a + R x,  θ_a = A_a⁻¹ b_a          for the arm taken
 * </pre>
 *
 * <p>Source: Agrawal &amp; Goyal, <i>Thompson Sampling for Contextual Bandits with Linear
 * Payoffs</i>, ICML 2013, algorithm 1, here with a model per arm. The context is the observation as
 * it is: a constant element gives a model an intercept.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class LinearThompson implements Learner {
  private final RidgeArms arms;
  private final ValueFunction estimates;
  private final ThompsonPolicy behaviour;
  private final Greedy policy;

  /**
   * A learner with a regression of its own for each arm.
   *
   * @throws IllegalArgumentException if observations are not vectors or actions not finite
   */
  public LinearThompson(LearnerContext context, Config config) {
    accepts().check("linear-thompson", context.spec());
    Space actions = context.spec().actionSpace();
    this.arms = new RidgeArms(context.spec(), config.regularisation(), config.spread());
    this.estimates = arms.estimates();
    this.behaviour = new ThompsonPolicy(arms, arms.index());
    this.policy = new Greedy(estimates, actions, TieBreak.RANDOM);
  }

  public static Accepts accepts() {
    return new Accepts(List.of(SpaceKind.VECTOR), List.of(SpaceKind.FINITE));
  }

  @Override
  public void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      arms.learn(transitions, rows.at(i));
    }
  }

  @Override
  public Policy behaviour() {
    return behaviour;
  }

  /** Greedy in the estimates. */
  @Override
  public Policy policy() {
    return policy;
  }

  /** Element {@code i} of θ of an arm. */
  public double theta(int arm, int i) {
    return arms.theta(arm, i);
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(estimates);
  }

  @Override
  public void carry(State state) {
    state.begin("linear-thompson", 1);
    state.carry("arms", arms);
    state.end();
  }

  /**
   * Hyperparameters.
   *
   * @param spread v, above 0: how wide is drawn, in deviations of a reward
   * @param regularisation λ of the ridge regression, above 0
   */
  public record Config(
      @Described(
              value = "how wide is drawn, in deviations of a reward",
              range = "above 0",
              aliases = "v")
          double spread,
      @Described(value = "how firmly weights are held to 0", range = "above 0")
          double regularisation) {
    public Config {
      BanditChecks.positive("spread", spread);
      BanditChecks.positive("regularisation", regularisation);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(1, 1);
    }
  }
}
