package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.internal.Traces;

/**
 * Learns the values of the policy that it behaves by, handing every surprise back to all states and
 * actions that led to it: SARSA with traces.
 *
 * <pre>
 * δ ← R + γ Q(S', A') − Q(S, A)
 * e(S, A) ← e(S, A) + 1                               or 1, or e + 1 − α e: see TraceKind
 * Q(s, a) ← Q(s, a) + α δ e(s, a),  e(s, a) ← γ λ e(s, a)    for all s, a
 * </pre>
 *
 * <p>Source: Rummery &amp; Niranjan, <i>On-Line Q-Learning Using Connectionist Systems</i>,
 * Cambridge University, 1994; Sutton &amp; Barto, 2nd ed., 2018, section 12.7.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Each row has its own traces; the rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class SarsaLambda extends LambdaControl {
  /** The id of this learner. */
  public static final String ID = "sarsa-lambda";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public SarsaLambda(LearnerContext context, LambdaControlConfig config) {
    super(ID, context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Traces e = traces(transitions, row);
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    double next = nextActionValue(transitions, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double tdError = tdTarget - q.get(entry);
    visit(e, entry, alpha);
    addToAll(e, alpha * tdError);
    fade(e, transitions, row);
  }

  /** Returns true: the update needs A'. */
  @Override
  public boolean needsNextAction() {
    return true;
  }
}
