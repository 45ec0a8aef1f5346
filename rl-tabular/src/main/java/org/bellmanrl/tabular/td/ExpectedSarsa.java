package org.bellmanrl.tabular.td;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.tabular.learner.ControlConfig;
import org.bellmanrl.tabular.learner.QControl;
import org.bellmanrl.tabular.policy.ActionProbabilities;

/**
 * Learns the values of the policy that it behaves by, taking the expectation over the next action
 * instead of a sample: on-policy TD control with less variance than {@link Sarsa}.
 *
 * <pre>Q(S, A) ← Q(S, A) + α [R + γ Σ_a π(a|S') Q(S', a) − Q(S, A)]</pre>
 *
 * <p>Source: van Seijen et al., <i>A Theoretical and Empirical Analysis of Expected Sarsa</i>,
 * ADPRL 2009; Sutton &amp; Barto, 2nd ed., 2018, section 6.6. π is the behaviour policy by the
 * present values and schedule, over the actions that the mask of S' allows. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation.
 *
 * <p>Rows of a batch are learned from one after the other. Not thread-safe.
 */
public final class ExpectedSarsa extends QControl {
  /** The id of this learner. */
  public static final String ID = "expected-sarsa";

  private final ActionProbabilities pi;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public ExpectedSarsa(LearnerContext context, ControlConfig config) {
    super(ID, context, config);
    this.pi = config.probabilities(context);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Observations following = transitions.nextObservations();
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = pi.expected(q, q.first(following, row), following, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    q.add(entry, alpha * (tdTarget - q.get(entry)));
  }

  /** The step size and ε of Sutton &amp; Barto's example 6.6. */
  public static ControlConfig defaults() {
    return ControlConfig.defaults().withStepSize(Schedule.constant(0.5));
  }
}
