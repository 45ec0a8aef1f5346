package org.bellmanrl.tabular.planning;

import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.ExactModels;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.learner.TabularLearner;

/**
 * UCT in the place of a learner: it searches the task's exact model for every action and keeps
 * nothing.
 *
 * <p>For tasks that have no model but can be saved, use {@link Uct} with a second instance of the
 * task. Source: see there. Not thread-safe.
 */
public final class UctSearch extends TabularLearner {
  /** The id of this learner. */
  public static final String ID = "uct";

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
    UctPolicy policy =
        new UctPolicy(context.spec(), ExactModels.require(ID, context, states, actions), config);
    super(ID, 1, policy, policy, null);
  }

  @Override
  public void observe(Transitions transitions) {
    // Nothing is learned: every plan starts with an empty tree.
  }

  @Override
  protected void carryLearned(State state) {}
}
