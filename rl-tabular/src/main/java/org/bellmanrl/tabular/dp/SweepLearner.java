package org.bellmanrl.tabular.dp;

import java.util.function.Function;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ExactModels;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Dynamic programming in the place of a learner: it looks at the task's exact model instead of the
 * transitions, one sweep for every step that is taken, until it has settled. It behaves greedily.
 *
 * <p>With γ = 1 the greedy action is one of {@link GreedyActions}; to make it the first best one of
 * its state, values that rounding and the tolerance cannot tell apart are moved by as little.
 */
final class SweepLearner extends TabularLearner {
  private final SweepMethod method;
  private final QTable q;

  SweepLearner(
      String id, LearnerContext context, Function<? super FiniteModel, ? extends SweepMethod> of) {
    Accepts.tables().check(id, context.spec());
    QTable q = new QTable(context.spec(), 0);
    Greedy policy = new Greedy(q, context.spec().actionSpace(), TieBreak.FIRST);
    super("dynamic-programming", 1, policy, policy, q);
    this.q = q;
    this.method = of.apply(ExactModels.require(id, context, q.states(), q.actions()));
    Termination.check(id, method.model, method.gamma);
  }

  @Override
  public void observe(Transitions transitions) {
    if (method.settled()) {
      return;
    }
    method.sweep();
    for (int s = 0; s < q.states(); s++) {
      for (int a = 0; a < q.actions(); a++) {
        q.set(s, a, method.value(s, a));
      }
    }
    if (method.gamma == 1) {
      preferActionsThatEnd();
    }
  }

  /** Makes the action that is to be taken the first best one, in values that are equally good. */
  private void preferActionsThatEnd() {
    int[] action = GreedyActions.of(method.model, method.v, method.gamma, method.tolerance);
    for (int s = 0; s < q.states(); s++) {
      double best = q.max(s);
      for (int a = 0; a < action[s]; a++) {
        q.set(s, a, Math.min(q.get(s, a), Math.nextDown(best)));
      }
      q.set(s, action[s], best);
    }
  }

  /** Reports the largest change of the last sweep, the sweeps, and whether the values settled. */
  @Override
  public void report(Metrics metrics) {
    metrics.scalar("change", method.change());
    metrics.scalar("sweeps", method.sweeps());
    metrics.scalar("settled", method.settled() ? 1 : 0);
  }

  @Override
  protected void carryLearned(State state) {
    state.carry("q", q);
    state.carry("method", method);
  }
}
