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
 * Takes the arm that could be best in a context, by a linear model per arm.
 *
 * <pre>
 * A ← argmax_a [θ_aᵀ x + α √(xᵀ A_a⁻¹ x)]
 * A_a ← A_a + x xᵀ,  b_a ← b_a + R x,  θ_a = A_a⁻¹ b_a          for the arm taken
 * </pre>
 *
 * <p>Source: Li, Chu, Langford &amp; Schapire, <i>A Contextual-Bandit Approach to Personalized News
 * Article Recommendation</i>, WWW 2010, algorithm 1 (disjoint models). The context is the
 * observation as it is: a constant element gives a model an intercept.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class LinUcb implements Learner {
  private final RidgeArms arms;
  private final ValueFunction estimates;
  private final Greedy behaviour;
  private final Greedy policy;

  /**
   * A learner with a regression of its own for each arm.
   *
   * @throws IllegalArgumentException if observations are not vectors or actions not finite
   */
  public LinUcb(LearnerContext context, Config config) {
    accepts().check("lin-ucb", context.spec());
    Space actions = context.spec().actionSpace();
    this.arms = new RidgeArms(context.spec(), config.regularisation(), config.confidence());
    this.estimates = arms.estimates();
    this.behaviour = new Greedy(arms, actions, TieBreak.RANDOM);
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
    state.begin("lin-ucb", 1);
    state.carry("arms", arms);
    state.end();
  }

  /**
   * Hyperparameters. λ is the paper's.
   *
   * @param confidence α, above 0: how much doubt counts
   * @param regularisation λ of the ridge regression, above 0
   */
  public record Config(
      @Described(
              value = "how much doubt counts, in deviations",
              range = "above 0",
              aliases = "alpha")
          double confidence,
      @Described(value = "how firmly weights are held to 0", range = "above 0")
          double regularisation) {
    public Config {
      BanditChecks.positive("confidence", confidence);
      BanditChecks.positive("regularisation", regularisation);
    }

    /** The defaults. */
    public static Config defaults() {
      return new Config(1, 1);
    }
  }
}
