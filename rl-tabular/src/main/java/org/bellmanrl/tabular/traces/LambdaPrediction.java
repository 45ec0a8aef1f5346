package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Traces;
import org.bellmanrl.tabular.learner.VPrediction;

/**
 * Base class of prediction learners with eligibility traces, a set of them per row. Traces are cut
 * at the end of every episode, a truncated one too.
 */
abstract class LambdaPrediction extends VPrediction {
  private final double lambda;
  private final Traces[] traces;

  LambdaPrediction(
      String id, LearnerContext context, LambdaPredictionConfig config, Policy policy) {
    super(id, context, config.prediction(), policy);
    this.lambda = config.lambda();
    this.traces = Traces.perRow(context.rows(), v::states);
  }

  /** Returns the traces of a row, which are 0 at the first step of an episode. */
  final Traces traces(Transitions transitions, int row) {
    return traces[row].at(transitions, row);
  }

  /** Adds to the values of all states, in proportion to their traces. */
  final void addToAll(Traces e, double amount) {
    for (int i = 0; i < e.count(); i++) {
      int state = e.entry(i);
      v.add(state, amount * e.get(state));
    }
  }

  /** Lets the traces of a row fade by γ λ, to 0 at the end of an episode. */
  final void fade(Traces e, Transitions transitions, int row) {
    e.fade(transitions, row, gamma * transitions.discount()[row] * lambda);
  }

  @Override
  protected void carryMore(State state) {
    state.carry("traces", traces);
  }
}
