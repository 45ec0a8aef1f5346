package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.tabular.learner.TabularLearner;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the bandit learners, which look at the reward of each pull and at nothing that is
 * observed after it.
 */
abstract class Bandit extends TabularLearner {
  Bandit(Policy behaviour, Policy policy, @Nullable ValueFunction values) {
    super("bandit", 1, behaviour, policy, values);
  }

  /** Learns from the pull of one row. */
  abstract void learn(Transitions transitions, int row);

  @Override
  public final void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      learn(transitions, rows.at(i));
    }
  }
}
