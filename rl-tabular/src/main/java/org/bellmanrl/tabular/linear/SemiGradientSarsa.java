package org.bellmanrl.tabular.linear;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.space.Columns;

/**
 * SARSA with linear function approximation.
 *
 * <pre>w ← w + α [R + γ q(S', A') − q(S, A)] x(S, A)</pre>
 *
 * <p>Source: Sutton &amp; Barto, 2nd ed., 2018, section 10.1. The loop draws A' once, before the
 * update as in the book's box, hands it over here and plays it. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class SemiGradientSarsa extends LinearControl {
  /** The id of this learner. */
  public static final String ID = "linear-sarsa";

  /**
   * Creates a learner whose weights are all the initial weight.
   *
   * @throws IllegalArgumentException if the task's spaces are not accepted
   */
  public SemiGradientSarsa(LearnerContext context, LinearControlConfig config) {
    super(ID, context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Columns observations = transitions.observations().values();
    int action = q.action(transitions.actions().values(), row);
    double discount = gamma * transitions.discount()[row];
    double tdTarget = transitions.reward()[row] + discount * next(transitions, row);
    double tdError = tdTarget - q.value(observations, row, action);
    q.add(observations, row, action, alpha * tdError);
  }
}
