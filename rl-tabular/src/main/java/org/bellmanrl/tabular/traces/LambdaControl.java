package org.bellmanrl.tabular.traces;

import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.Traces;
import org.bellmanrl.tabular.learner.QControl;

/**
 * Base class of control learners with eligibility traces, a set of them per row. Traces are cut at
 * the end of every episode, a truncated one too.
 */
abstract class LambdaControl extends QControl {
  private final double lambda;
  private final Traces[] traces;
  private final TraceKind kind;
  private final boolean clearOthers;

  LambdaControl(String id, LearnerContext context, LambdaControlConfig config) {
    super(id, context, config.control());
    this.lambda = config.lambda();
    this.kind = config.kind();
    this.clearOthers = config.clearOthers();
    this.traces = Traces.perRow(context.rows(), q::entries);
  }

  /** Returns the traces of a row, which are 0 at the first step of an episode. */
  final Traces traces(Transitions transitions, int row) {
    return traces[row].at(transitions, row);
  }

  /** Lets the trace of an entry grow by a visit, and clears those of the state's other actions. */
  final void visit(Traces e, int entry, double alpha) {
    if (clearOthers) {
      int first = entry - entry % q.actions();
      for (int other = first; other < first + q.actions(); other++) {
        if (other != entry && e.get(other) != 0) {
          e.set(other, 0);
        }
      }
    }
    kind.visit(e, entry, alpha);
  }

  /** Adds to the values of all entries, in proportion to their traces. */
  final void addToAll(Traces e, double amount) {
    for (int i = 0; i < e.count(); i++) {
      int entry = e.entry(i);
      q.add(entry, amount * e.get(entry));
    }
  }

  /** Lets the traces of a row fade by γ λ, to 0 at the end of an episode. */
  final void fade(Traces e, Transitions transitions, int row) {
    e.fade(transitions, row, gamma * transitions.discount()[row] * lambda);
  }

  @Override
  protected final void carryMore(State state) {
    state.carry("traces", traces);
  }
}
