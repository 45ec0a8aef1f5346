package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.policy.ActionProbabilities;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Learns the optimal action values without mistaking lucky ones for good ones: one table chooses
 * the best next action, another, whose errors are independent of that choice, evaluates it.
 *
 * <pre>
 * Q₁(S, A) ← Q₁(S, A) + α [R + γ Q₂(S', argmax_a Q₁(S', a)) − Q₁(S, A)]
 * </pre>
 *
 * <p>or, one time in two, the same with Q₁ and Q₂ swapped. The policies look at (Q₁ + Q₂) / 2.
 *
 * <p>Source: van Hasselt, <i>Double Q-learning</i>, NeurIPS 2010; Sutton &amp; Barto, 2nd ed.,
 * 2018, section 6.7. Beyond it, only actions that the mask of S' allows are looked at, and γ is
 * multiplied by the environment's own discount, which is 0 after a terminal state; at a truncation
 * S' is the true last observation.
 *
 * <p>Draws one {@code integers(2)} per transition from the row's learner stream; ties of Q₁ go to
 * the first action. Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class DoubleQLearning extends DoubleControl {
  /** The id of this learner. */
  public static final String ID = "double-q-learning";

  private final ActionProbabilities chooser;

  /**
   * Creates a learner with new tables.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public DoubleQLearning(LearnerContext context, ControlConfig config) {
    super(ID, context, config);
    this.chooser = ActionProbabilities.greedy(context, TieBreak.FIRST);
  }

  @Override
  double next(QTable learned, QTable other, int first, Observations following, int row) {
    return chooser.expected(learned, other, first, following, row);
  }

  /** The ε of Sutton &amp; Barto's example 6.7, whose step size is 0.1. */
  public static ControlConfig defaults() {
    return ControlConfig.defaults();
  }
}
