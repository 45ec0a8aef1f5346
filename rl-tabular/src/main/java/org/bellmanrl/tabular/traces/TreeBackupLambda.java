package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.tabular.internal.Traces;
import org.bellmanrl.tabular.policy.ActionProbabilities;

/**
 * Learns the optimal action values with traces that fade by how likely the greedy policy is to act
 * alike.
 *
 * <pre>
 * e(s, a) ← π(A|S) e(s, a) for all s, a               where π is greedy
 * δ ← R + γ Σ_a π(a|S') Q(S', a) − Q(S, A)
 * e(S, A) ← e(S, A) + 1                               or 1, or e + 1 − α e: see TraceKind
 * Q(s, a) ← Q(s, a) + α δ e(s, a),  e(s, a) ← γ λ e(s, a)    for all s, a
 * </pre>
 *
 * <p>Source: Precup, Sutton &amp; Singh, <i>Eligibility Traces for Off-Policy Policy
 * Evaluation</i>, ICML 2000; Sutton &amp; Barto, 2nd ed., 2018, section 12.11. With a greedy π it
 * differs from {@link WatkinsQLambda} where several actions are best. π(A|S) is taken by the values
 * as they are when the transition is observed.
 *
 * <p>Traces are cut at the end of every episode, a truncated one too. γ is multiplied by the
 * environment's own discount, which is 0 after a terminal state; at a truncation S' is the true
 * last observation. Traces below 1e-12 count as 0.
 *
 * <p>Each row has its own traces; the rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class TreeBackupLambda extends LambdaControl {
  /** The id of this learner. */
  public static final String ID = "tree-backup-lambda";

  private final ActionProbabilities greedy;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public TreeBackupLambda(LearnerContext context, LambdaControlConfig config) {
    super(ID, context, config);
    this.greedy = ActionProbabilities.greedy(context, config.control().ties());
  }

  @Override
  protected void update(Transitions transitions, int row, double alpha) {
    Traces e = traces(transitions, row);
    int entry = q.entry(transitions.observations(), transitions.actions(), row);
    e.fade(greedy.of(q, entry, transitions.observations(), row));
    Observations following = transitions.nextObservations();
    double next = greedy.expected(q, q.first(following, row), following, row);
    double tdTarget = transitions.reward()[row] + gamma * transitions.discount()[row] * next;
    double tdError = tdTarget - q.get(entry);
    visit(e, entry, alpha);
    addToAll(e, alpha * tdError);
    fade(e, transitions, row);
  }
}
