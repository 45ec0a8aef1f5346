package org.bellmanrl.api.space;

import org.bellmanrl.api.random.RandomStream;

/**
 * The set of values that an observation or an action can take.
 *
 * <p>The vocabulary is closed for this major version, so that every learner, wrapper and file
 * format can treat each case by name. Spaces are immutable, compare by value and may be shared by
 * threads.
 */
public sealed interface Space permits Discrete, MultiDiscrete, MultiBinary, Box, Tuple, Dict {

  /** Where a value of this space lies in a row of {@link Columns}. */
  Layout layout();

  /**
   * Draws a value into one row.
   *
   * @param random the stream to draw from
   * @param into columns of this space
   * @param row the row to overwrite
   */
  default void sample(RandomStream random, Columns into, int row) {
    for (Leaf leaf : layout().leaves()) {
      Leaves.sample(leaf, random, into, row);
    }
  }

  /**
   * Whether the value in a row belongs to this space.
   *
   * @param in columns of this space
   * @param row the row to look at
   */
  default boolean contains(Columns in, int row) {
    for (Leaf leaf : layout().leaves()) {
      if (!Leaves.contains(leaf, in, row)) {
        return false;
      }
    }
    return true;
  }
}
