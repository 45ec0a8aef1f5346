package org.bellmanrl.tabular.gradient;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;

/**
 * Base class of policy gradients over a table of preferences θ, whose softmax is the policy, beside
 * a table of state values.
 */
abstract class PolicyGradient extends TabularLearner {
  final QTable h;
  final VTable v;
  final ActionIndex index;
  private final double[] probabilities;

  /**
   * Creates a learner whose preferences and values are all 0.
   *
   * @param id names the learner in messages, and its saved state
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  PolicyGradient(String id, LearnerContext context) {
    Accepts.tables().check(id, context.spec());
    Space actions = context.spec().actionSpace();
    QTable h = new QTable(context.spec(), 0);
    VTable v = new VTable(context.spec(), 0);
    // The policy that is learned is the behaviour: the best policy may be a stochastic one.
    Softmax policy = new Softmax(h, actions, Schedule.constant(1), context.progress());
    super(id, 2, policy, policy, v);
    this.h = h;
    this.v = v;
    this.index = ActionIndex.of(actions);
    this.probabilities = new double[h.actions()];
  }

  /** Learns from the step of one row. */
  abstract void learn(Transitions transitions, int row);

  /** Carries what the learner keeps beside the tables. */
  abstract void carryMemory(State state);

  /**
   * θ ← θ + step ∇ ln π(A | S), where the gradient is 1{a = A} − π(a | S).
   *
   * @param row the row of the observations whose mask holds
   */
  final void ascend(int state, int action, Observations observations, int row, double step) {
    int first = state * h.actions();
    Preferences.softmax(h, first, index, observations, row, probabilities);
    for (int a = 0; a < h.actions(); a++) {
      h.add(first + a, step * ((a == action ? 1 : 0) - probabilities[a]));
    }
  }

  @Override
  public final void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      learn(transitions, rows.at(i));
    }
  }

  /** Returns the preferences, θ. */
  public final QTable preferences() {
    return h;
  }

  @Override
  protected final void carryLearned(State state) {
    state.carry("h", h);
    state.carry("v", v);
    carryMemory(state);
  }
}
