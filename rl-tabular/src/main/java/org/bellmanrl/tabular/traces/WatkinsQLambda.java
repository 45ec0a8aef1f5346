package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.internal.Traces;

/**
 * Learns the optimal action values with traces that reach back to the last action that was not
 * greedy.
 *
 * <pre>
 * e(s, a) ← 0 for all s, a                            if A is not greedy in S
 * δ ← R + γ max_a Q(S', a) − Q(S, A)
 * e(S, A) ← e(S, A) + 1                               or 1, or e + 1 − α e: see TraceKind
 * Q(s, a) ← Q(s, a) + α δ e(s, a),  e(s, a) ← γ λ e(s, a)    for all s, a
 * </pre>
 *
 * <p>Source: Watkins, <i>Learning from Delayed Rewards</i>, PhD thesis, Cambridge, 1989; Sutton
 * &amp; Barto, 2nd ed., 2018, section 12.10. Of several best actions each is greedy. The maximum is
 * over the actions that the mask of S' allows.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Each row has its own traces; the rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class WatkinsQLambda extends LambdaControl {
  /** The id of this learner. */
  public static final String ID = "watkins-q-lambda";

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public WatkinsQLambda(LearnerContext context, LambdaControlConfig config) {
    super(ID, context, config);
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Traces e = traces(transitions, row);
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    if (q.get(entry) < q.max(transitions.observations(), row)) {
      e.clear();
    }
    double next = q.max(transitions.nextObservations(), row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double tdError = tdTarget - q.get(entry);
    visit(e, entry, alpha);
    addToAll(e, alpha * tdError);
    fade(e, transitions, row);
  }
}
