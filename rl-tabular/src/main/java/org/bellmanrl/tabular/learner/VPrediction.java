package org.bellmanrl.tabular.learner;

import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Scheduled;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.table.Tables;
import org.bellmanrl.tabular.table.VTable;

/**
 * Base class of prediction learners over a table of state values: they follow a given policy, which
 * never changes, and learn its values. A subclass adds the update.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public abstract class VPrediction implements Learner {
  /** The state values. */
  protected final VTable v;

  /** γ, the discount factor of the task. */
  protected final double gamma;

  private final String id;
  private final Scheduled stepSize;
  private final Policy policy;

  /**
   * Creates a learner with a new table.
   *
   * @param id names the learner in messages, and its saved state
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  protected VPrediction(String id, LearnerContext context, PredictionConfig config, Policy policy) {
    this.id = id;
    this.v = Tables.stateValues(id, context, config.values(), config.initialValue());
    this.gamma = config.gamma();
    this.stepSize = new Scheduled(config.stepSize(), context.progress());
    this.policy = policy;
  }

  /**
   * Learns from the step of one row.
   *
   * @param alpha the step size
   */
  protected abstract void update(Transitions transitions, int row, double alpha);

  @Override
  public final void observe(Transitions transitions) {
    double alpha = stepSize.now();
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      update(transitions, rows.at(i), alpha);
    }
  }

  /** Returns the policy that is judged. */
  @Override
  public final Policy behaviour() {
    return policy;
  }

  /** Returns the policy that is judged. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** Returns the state values. */
  public final VTable table() {
    return v;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public final void carry(State state) {
    state.begin(id, 1);
    state.carry("v", v);
    carryMore(state);
    state.end();
  }

  /** Carries what a subclass remembers besides the table; nothing by default. */
  protected void carryMore(State state) {}
}
