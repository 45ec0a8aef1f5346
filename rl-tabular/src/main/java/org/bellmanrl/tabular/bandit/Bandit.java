package org.bellmanrl.tabular.bandit;

import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the bandit learners, which look at the reward of each pull and at nothing that is
 * observed after it.
 */
abstract class Bandit implements Learner {
  private final Policy behaviour;
  private final Policy policy;
  private final @Nullable ValueFunction values;

  Bandit(Policy behaviour, Policy policy, @Nullable ValueFunction values) {
    this.behaviour = behaviour;
    this.policy = policy;
    this.values = values;
  }

  /** Learns from the pull of one row. */
  abstract void learn(Transitions transitions, int row);

  /** Carries what has been learned. */
  abstract void carryLearned(State state);

  @Override
  public final void observe(Transitions transitions) {
    Rows rows = transitions.rows();
    for (int i = 0; i < rows.count(); i++) {
      learn(transitions, rows.at(i));
    }
  }

  @Override
  public final Policy behaviour() {
    return behaviour;
  }

  @Override
  public final Policy policy() {
    return policy;
  }

  @Override
  public final Optional<ValueFunction> values() {
    return Optional.ofNullable(values);
  }

  @Override
  public final void carry(State state) {
    state.begin("bandit", 1);
    carryLearned(state);
    state.end();
  }
}
