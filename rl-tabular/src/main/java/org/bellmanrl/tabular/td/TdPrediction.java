package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.PredictionConfig;
import org.bellmanrl.tabular.learner.VPrediction;

/**
 * Learns the state values of a given policy, which it follows: tabular TD(0).
 *
 * <pre>V(S) ← V(S) + α [R + γ V(S') − V(S)]</pre>
 *
 * <p>Source: Sutton, <i>Learning to Predict by the Methods of Temporal Differences</i>, Machine
 * Learning 3, 1988; Sutton &amp; Barto, 2nd ed., 2018, section 6.1. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class TdPrediction extends VPrediction {
  /** The id of this learner. */
  public static final String ID = "td-prediction";

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public TdPrediction(LearnerContext context, PredictionConfig config, Policy policy) {
    super(ID, context, config, policy);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int state = v.state(transitions.observations(), row);
    double next = v.value(transitions.nextObservations(), row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    v.add(state, alpha * (tdTarget - v.get(state)));
  }

  /**
   * The step size of Sutton &amp; Barto's example 6.2 (random walk) whose error is smallest after
   * 100 episodes.
   */
  public static PredictionConfig defaults() {
    return PredictionConfig.defaults().withStepSize(Schedule.constant(0.05));
  }
}
