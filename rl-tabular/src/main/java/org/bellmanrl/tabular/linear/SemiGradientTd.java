package org.bellmanrl.tabular.linear;

import java.util.List;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;

/**
 * TD(0) with linear function approximation; off policy it may diverge.
 *
 * <pre>w ← w + α ρ [R + γ v(S') − v(S)] x(S),  ρ = π(A | S) / b(A | S)</pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, sections 9.3 (on policy, ρ = 1) and 11.1.
 *
 * <p>Behaviour and target are fixed probabilities of the actions. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class SemiGradientTd extends LinearPrediction {
  /** The id of this learner. */
  public static final String ID = "linear-td";

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public SemiGradientTd(LearnerContext context, OffPolicyConfig config) {
    super(ID, context, config.prediction(), config.target());
  }

  /** Returns the default hyperparameters. */
  public static OffPolicyConfig defaults() {
    return new OffPolicyConfig(LinearPredictionConfig.of(0.1 / 8), List.of());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Columns now = transitions.observations().values();
    Columns next = transitions.nextObservations().values();
    double rho = ratio(transitions, row);
    double discount = gamma * transitions.discount()[row];
    double tdError = transitions.reward()[row] + discount * v.value(next, row) - v.value(now, row);
    v.add(now, row, alpha * rho * tdError);
  }
}
