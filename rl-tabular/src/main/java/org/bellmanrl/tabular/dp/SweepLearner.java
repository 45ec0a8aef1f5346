package org.bellmanrl.tabular.dp;

import java.util.Optional;
import java.util.function.Function;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Metrics;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Models;
import org.bellmanrl.tabular.policy.Greedy;
import org.bellmanrl.tabular.policy.TieBreak;
import org.bellmanrl.tabular.table.QTable;

/**
 * Dynamic programming in the place of a learner: it looks at the task's exact model instead of the
 * transitions, one sweep for every step that is taken, until it has settled. It behaves greedily.
 */
final class SweepLearner implements Learner {
  private final String id;
  private final Sweeping method;
  private final QTable q;
  private final Greedy policy;

  SweepLearner(
      String id, LearnerContext context, Function<? super FiniteModel, ? extends Sweeping> method) {
    Accepts.tables().check(id, context.spec());
    this.id = id;
    this.q = new QTable(context.spec(), 0);
    this.method = method.apply(Models.require(id, context, q.states(), q.actions()));
    this.policy = new Greedy(q, context.spec().actionSpace(), TieBreak.FIRST);
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
  }

  @Override
  public Policy behaviour() {
    return policy;
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Optional<ValueFunction> values() {
    return Optional.of(q);
  }

  @Override
  public void report(Metrics metrics) {
    metrics.scalar("change", method.change());
  }

  @Override
  public void carry(State state) {
    state.begin(id, 1);
    state.carry("q", q);
    state.carry("method", method);
    state.end();
  }
}
