package org.bellmanrl.api;

import org.bellmanrl.api.space.Columns;

/** A row of actions that an environment reads. */
public final class Action extends Cursor {

  /** A cursor on row 0 of these actions. */
  public Action(Columns actions) {
    super(actions);
  }

  /** Moves to a row of actions of the same space. */
  public Action at(Columns actions, int row) {
    bind(actions);
    return at(row);
  }

  /** Moves to a row. */
  public Action at(int row) {
    move(row);
    return this;
  }
}
