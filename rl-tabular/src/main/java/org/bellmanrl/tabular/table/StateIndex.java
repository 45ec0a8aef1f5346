package org.bellmanrl.tabular.table;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.state.Stateful;

/**
 * Numbers the states of a task, so that a table can hold their values. A plugin that provides its
 * own table implements this: two observations with the same number share their values.
 *
 * <p>Numbers are given out from 0 on and never change. An index is written by the owner of its
 * table; {@link #find} is safe for several threads as long as no thread writes.
 */
public interface StateIndex extends Stateful {
  /** The number of a state that has none. */
  int ABSENT = -1;

  /** Returns how many states have a number: those from 0 to {@code size() - 1}. */
  int size();

  /** Returns the number of the state that a row shows, or {@link #ABSENT}. */
  int find(Columns observations, int row);

  /** Returns the number of the state that a row shows; a state that has none gets the next one. */
  int number(Columns observations, int row);

  /**
   * Returns an immutable copy as of now, of which only {@link #find} and {@link #size} are used.
   */
  StateIndex snapshot();
}
