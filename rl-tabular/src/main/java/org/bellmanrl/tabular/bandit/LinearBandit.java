package org.bellmanrl.tabular.bandit;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;

/**
 * Base class of the contextual bandits that keep a linear model of the reward for each arm.
 *
 * <pre>A_a ← A_a + x xᵀ,  b_a ← b_a + R x,  θ_a = A_a⁻¹ b_a          for the arm taken</pre>
 *
 * <p>The context is the observation as it is: a constant element gives a model an intercept. Rows
 * of a batch are learned from one after the other. Not thread-safe.
 */
public abstract sealed class LinearBandit extends Bandit permits LinUcb, LinearThompson {
  private final RidgeArms arms;

  LinearBandit(RidgeArms arms, Policy behaviour, EnvironmentSpec spec) {
    ValueFunction estimates = arms.estimates();
    super(behaviour, new Greedy(estimates, spec.actionSpace(), TieBreak.RANDOM), estimates);
    this.arms = arms;
  }

  /** Returns what these learners accept: vectors observed, and finite actions. */
  public static Accepts accepts() {
    return new Accepts(List.of(Space.Kind.VECTOR), List.of(Space.Kind.FINITE));
  }

  @Override
  void learn(Transitions transitions, int row) {
    arms.learn(transitions, row);
  }

  /** Returns element {@code i} of θ of an arm. */
  public double theta(int arm, int i) {
    return arms.theta(arm, i);
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("arms", arms);
  }
}
