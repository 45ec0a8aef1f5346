package org.bellmanrl.tabular.learner;

import java.util.Optional;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Base class of learners that have the same policies and values from beginning to end. It hands
 * them out and frames the saved state; a subclass adds how it learns.
 */
public abstract class TabularLearner implements Learner {
  private final String section;
  private final int version;
  private final Policy behaviour;
  private final Policy policy;
  private final @Nullable ValueFunction values;

  /**
   * Keeps what the learner hands out.
   *
   * @param section the name of the saved state, usually the learner's id
   * @param version the version of the saved state
   * @param behaviour acts while learning
   * @param policy what is learned, such as the greedy policy in the values; in prediction, what is
   *     judged
   * @param values the values that are learned; null if there are none
   */
  protected TabularLearner(
      String section,
      int version,
      Policy behaviour,
      Policy policy,
      @Nullable ValueFunction values) {
    this.section = section;
    this.version = version;
    this.behaviour = behaviour;
    this.policy = policy;
    this.values = values;
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
    state.begin(section, version);
    carryLearned(state);
    state.end();
  }

  /** Carries what has been learned, within the section of this learner. */
  protected abstract void carryLearned(State state);
}
