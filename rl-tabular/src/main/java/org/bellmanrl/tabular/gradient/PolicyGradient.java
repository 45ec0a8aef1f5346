package org.bellmanrl.tabular.gradient;

import java.util.Optional;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.schedule.Schedule;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Preferences;
import org.bellmanrl.tabular.policy.Softmax;
import org.bellmanrl.tabular.table.QTable;
import org.bellmanrl.tabular.table.VTable;

/**
 * Base class of policy gradients over a table of preferences θ, whose softmax is the policy, beside
 * a table of state values.
 */
abstract class PolicyGradient implements Learner {
  final QTable h;
  final VTable v;
  final ActionIndex index;
  private final String id;
  private final Softmax policy;
  private final double[] probabilities;

  /**
   * Creates a learner whose preferences and values are all 0.
   *
   * @param id names the learner in messages, and its saved state
   * @throws IllegalArgumentException if observations or actions are not finite
   */
  PolicyGradient(String id, LearnerContext context) {
    Accepts.tables().check(id, context.spec());
    this.id = id;
    Space actions = context.spec().actionSpace();
    this.h = new QTable(context.spec(), 0);
    this.v = new VTable(context.spec(), 0);
    this.index = ActionIndex.of(actions);
    this.policy = new Softmax(h, actions, Schedule.constant(1), context.progress());
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

  @Override
  public final Policy behaviour() {
    return policy;
  }

  /** Returns the behaviour: the best policy may be a stochastic one. */
  @Override
  public final Policy policy() {
    return policy;
  }

  /** Returns the preferences, θ. */
  public final QTable preferences() {
    return h;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.of(v);
  }

  @Override
  public final void carry(State state) {
    state.begin(id, 2);
    state.carry("h", h);
    state.carry("v", v);
    carryMemory(state);
    state.end();
  }
}
