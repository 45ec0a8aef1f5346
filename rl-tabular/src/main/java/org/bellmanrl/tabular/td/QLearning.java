package org.bellmanrl.tabular.td;

import org.bellmanrl.api.Learner.Rounds;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Learns the optimal action values while behaving by another policy: off-policy TD control.
 *
 * <pre>Q(S, A) ← Q(S, A) + α [R + γ max_a Q(S', a) − Q(S, A)]</pre>
 *
 * <p>Source: Watkins, <i>Learning from Delayed Rewards</i>, PhD thesis, Cambridge, 1989; Sutton
 * &amp; Barto, 2nd ed., 2018, section 6.5. Beyond it, the maximum is over the actions that the mask
 * of S' allows, and γ is multiplied by the environment's own discount, which is 0 after a terminal
 * state: so nothing is bootstrapped there, and at a truncation S' is the true last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class QLearning extends QControl {
  /** The id of this learner. */
  public static final String ID = "q-learning";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public QLearning(LearnerContext context, ControlConfig config) {
    super(ID, context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = q.max(transitions.nextObservations(), row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
  }

  /** By any number of steps. */
  @Override
  public Rounds rounds() {
    return new Rounds.Any(q);
  }

  /** The step size and ε of Sutton &amp; Barto's example 6.6. */
  public static ControlConfig defaults() {
    return ControlConfig.defaults().withStepSize(Schedule.constant(0.5));
  }
}
