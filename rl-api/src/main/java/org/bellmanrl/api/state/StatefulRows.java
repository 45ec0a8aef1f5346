package org.bellmanrl.api.state;

import java.util.Arrays;

/**
 * An object whose state is kept per row, so that a row can be moved to another object of the same
 * kind, in another process or on another machine, without changing a bit of its future.
 *
 * <p>What a row carries has one form, whether the row is alone or one of many, and whatever its
 * index is.
 *
 * <p>Rows may share something that they all add to, such as running statistics. If that happens at
 * every step, all rows have to be stepped together. If each row gathers its part separately until
 * {@link #mergeRows}, they can be stepped apart in between; {@link #sharing} says which it is.
 */
public interface StatefulRows extends Stateful {

  /** When what rows share changes; each value is more restrictive than the one before. */
  enum Sharing {
    /** Never: the rows share nothing, or nothing that changes. */
    NEVER,
    /** In {@link StatefulRows#mergeRows} alone. */
    BY_MERGING,
    /** At any step. */
    BY_STEPPING;

    /** Returns the more restrictive of the two. */
    public Sharing and(Sharing other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

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

  /**
   * Returns when what the rows share changes. By default {@link Sharing#BY_STEPPING} if {@link
   * #carryShared} carries anything.
   */
  default Sharing sharing() {
    return Arrays.equals(BinaryState.toBytes(this::carryShared), BinaryState.toBytes(state -> {}))
        ? Sharing.NEVER
        : Sharing.BY_STEPPING;
  }

  /**
   * Adds what each row has gathered separately to what the rows share, in the order of the rows. A
   * {@link org.bellmanrl.api.interaction.Trainer} calls it at the end of each of its learner's
   * {@linkplain org.bellmanrl.api.Learner.Rounds rounds}, or after every step if the learner has
   * none. Does nothing by default.
   */
  default void mergeRows() {}

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
