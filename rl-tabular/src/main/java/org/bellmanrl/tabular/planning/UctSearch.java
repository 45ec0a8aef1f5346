package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.Models;
import org.bellmanrl.tabular.internal.States;

/**
 * UCT in the place of a learner: it searches the task's exact model for every action and keeps
 * nothing.
 *
 * <p>For tasks that have no model but can be saved, use {@link Uct} with a second instance of the
 * task. Source: see there. Not thread-safe.
 */
public final class UctSearch implements Learner {
  /** The id of this learner. */
  public static final String ID = "uct";

  private final UctPolicy policy;

  /**
   * A planner for a task.
   *
   * @throws IllegalArgumentException if observations or actions are not finite, or the task has no
   *     exact model
   */
  public UctSearch(LearnerContext context, Uct.Config config) {
    Accepts.tables().check(ID, context.spec());
    int states = States.index(context.spec().observationSpace()).size();
    int actions = ActionIndex.of(context.spec().actionSpace()).size();
    this.policy =
        new UctPolicy(context.spec(), Models.require(ID, context, states, actions), config);
  }

  @Override
  public void observe(Transitions transitions) {
    // Nothing is learned: every plan starts with an empty tree.
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
  public void carry(State state) {
    state.begin(ID, 1);
    state.end();
  }
}
