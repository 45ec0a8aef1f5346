package org.bellmanrl.api.state;

/**
 * An object whose state is kept per row, so that a row can be moved to another object of the same
 * kind, in another process or on another machine, without changing a bit of its future.
 *
 * <p>What a row carries has one form, whether the row is alone or one of many, and whatever its
 * index is.
 */
public interface StatefulRows extends Stateful {

  /** Returns the number of rows, at least 1. */
  int rows();

  /**
   * Carries one row: everything that the future of this row depends on, apart from what {@link
   * #carryShared} carries.
   *
   * @param row from 0 to {@code rows() - 1}
   */
  void carry(State state, int row);

  /** Carries what the rows have in common, such as running statistics; nothing by default. */
  default void carryShared(State state) {}

  /** Carries what the rows have in common, and then every row in order. */
  @Override
  default void carry(State state) {
    state.begin("rows", 1);
    state.expect("rows", rows());
    carryShared(state);
    for (int row = 0; row < rows(); row++) {
      carry(state, row);
    }
    state.end();
  }
}
