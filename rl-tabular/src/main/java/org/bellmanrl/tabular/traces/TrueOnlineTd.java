package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Traces;

/**
 * Learns the state values of a given policy, which it follows, exactly as the λ-return of what is
 * known so far would at every step.
 *
 * <pre>
 * δ ← R + γ V(S') − V(S)
 * e(S) ← e(S) + 1 − α e(S)
 * V(s) ← V(s) + α (δ + V(S) − V_old) e(s)    for all s, and V(S) ← V(S) − α (V(S) − V_old)
 * V_old ← V(S'),  e(s) ← γ λ e(s)
 * </pre>
 *
 * <p>where V(S) and V(S') are those from before the update, and V_old is the value that S had when
 * it was S'; at the first step of an episode it is V(S), of which nothing is left to correct. (The
 * book's box begins with 0, which comes to the same: its first trace is 1, and α V(S) is added and
 * taken away.)
 *
 * <p>Source: van Seijen &amp; Sutton, <i>True Online TD(λ)</i>, ICML 2014; Sutton &amp; Barto, 2nd
 * ed., 2018, section 12.5.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Each row has its own traces; the rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class TrueOnlineTd extends LambdaPrediction {
  /** The id of this learner. */
  public static final String ID = "true-online-td";

  private final double[] old;

  /**
   * Creates a learner with a new table.
   *
   * @param policy the policy to judge; it is followed and never changed
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public TrueOnlineTd(LearnerContext context, LambdaPredictionConfig config, Policy policy) {
    super(ID, context, config, policy);
    this.old = new double[context.rows()];
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Traces e = traces(transitions, row);
    int state = v.state(transitions.observations(), row);
    double value = v.get(state);
    if (transitions.first()[row]) {
      old[row] = value;
    }
    double next = v.value(transitions.nextObservations(), row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double tdError = tdTarget - value;
    TraceKind.DUTCH.visit(e, state, alpha);
    addToAll(e, alpha * (tdError + value - old[row]));
    v.add(state, -alpha * (value - old[row]));
    old[row] = next;
    fade(e, transitions, row);
  }

  @Override
  protected void carryMore(State state) {
    super.carryMore(state);
    state.carry("old", old);
  }
}
