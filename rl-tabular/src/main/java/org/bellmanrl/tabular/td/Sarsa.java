package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Learns the values of the policy that it behaves by, which improves with them: on-policy TD
 * control.
 *
 * <pre>Q(S, A) ← Q(S, A) + α [R + γ Q(S', A') − Q(S, A)]</pre>
 *
 * <p>Source: Rummery &amp; Niranjan, <i>On-Line Q-Learning Using Connectionist Systems</i>,
 * Cambridge University, 1994; Sutton &amp; Barto, 2nd ed., 2018, section 6.4. The loop draws A'
 * once, before the update as in the book's box, hands it over here and plays it. At a truncation A'
 * is drawn at the true last observation for the target alone. γ is multiplied by the environment's
 * own discount, which is 0 after a terminal state.
 *
 * <p>Rows of a batch are learned from one after the other; their next actions were all drawn
 * before. Not thread-safe.
 */
public final class Sarsa extends QControl {
  /** The id of this learner. */
  public static final String ID = "sarsa";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public Sarsa(LearnerContext context, ControlConfig config) {
    super(ID, context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = nextActionValue(transitions, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
  }

  /** Returns true: the update needs A'. */
  @Override
  public boolean needsNextAction() {
    return true;
  }

  /** The step size and ε of Sutton &amp; Barto's example 6.5. */
  public static ControlConfig defaults() {
    return ControlConfig.defaults().withStepSize(Schedule.constant(0.5));
  }
}
