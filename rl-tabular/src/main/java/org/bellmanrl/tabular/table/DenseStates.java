package org.bellmanrl.tabular.table;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.ProductIndex;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.tabular.internal.States;

/** Numbers every value of a finite space in advance, the last part varying fastest. Immutable. */
final class DenseStates implements StateIndex {
  private final ProductIndex index;

  DenseStates(Space space) {
    this.index = States.index(space);
  }

  /**
   * The states of a task, for a table without a smaller kind to take instead.
   *
   * @throws IllegalArgumentException if they are not finite or the table would be too large
   */
  static DenseStates of(EnvironmentSpec spec, int perState) {
    States.requireRoom(spec, perState, "");
    return new DenseStates(spec.observationSpace());
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public int find(Columns observations, int row) {
    return index.of(observations, row);
  }

  @Override
  public int number(Columns observations, int row) {
    return index.of(observations, row);
  }

  @Override
  public StateIndex snapshot() {
    return this;
  }

  /** Carries nothing but the number of states, which must be the same. */
  @Override
  public void carry(State state) {
    state.expect("states", size());
  }
}
