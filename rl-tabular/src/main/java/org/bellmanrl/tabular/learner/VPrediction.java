package org.bellmanrl.tabular.learner;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.tabular.table.Tables;
import org.bellmanrl.tabular.table.VTable;

/**
 * Base class of prediction learners over a table of state values: they follow a given policy, which
 * never changes, and learn its values. A subclass adds the update.
 */
public abstract class VPrediction extends StepwiseLearner {
  /** The state values. */
  protected final VTable v;

  /**
   * Creates a learner with a new table.
   *
   * @param id names the learner in messages, and its saved state
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  protected VPrediction(String id, LearnerContext context, PredictionConfig config, Policy policy) {
    VTable v = Tables.stateValues(id, context, config.values(), config.initialValue());
    super(id, 1, context, config.gamma(), config.stepSize(), policy, policy, v, "v");
    this.v = v;
  }

  /** Returns the state values. */
  public final VTable table() {
    return v;
  }
}
