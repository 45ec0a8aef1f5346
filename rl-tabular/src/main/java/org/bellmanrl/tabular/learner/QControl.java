package org.bellmanrl.tabular.learner;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.policy.Exploration;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.Tables;

/**
 * Base class of control learners over a table of action values: they explore by a behaviour policy
 * over the table, and the policy that they learn is greedy in it. A subclass adds the update.
 */
public abstract class QControl extends StepwiseLearner {
  /** The action values. */
  protected final QTable q;

  /**
   * Creates a learner with a new table.
   *
   * @param id names the learner in messages, and its saved state
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  protected QControl(String id, LearnerContext context, ControlConfig config) {
    QTable q = Tables.actionValues(id, context, config.values(), config.initialValue());
    super(
        id,
        1,
        context,
        config.gamma(),
        config.stepSize(),
        config.behaviour(q, context),
        new Greedy(q, context.spec().actionSpace(), config.ties()),
        q,
        "q");
    this.q = q;
  }

  /**
   * The value that a target bootstraps from where the next action is known.
   *
   * @return Q(S', A'), or 0 after a terminal state, where there is no A'
   */
  protected final double nextActionValue(Transitions transitions, int row) {
    return transitions.discount()[row] == 0
        ? 0
        : q.value(transitions.nextObservations(), transitions.nextActions(), row);
  }

  /** Returns the action values. */
  public final QTable table() {
    return q;
  }

  @Override
  public final void report(Metrics metrics) {
    Exploration.report(behaviour(), metrics);
  }
}
