package org.bellmanrl.api;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;

/**
 * Actions of all rows, with the columns that the policy adds for its learner.
 *
 * <p>Extra columns (a log-probability, a value, the probability of the action under the behaviour
 * policy, a hidden state) are written by the actor together with the action and come back in the
 * transition that the action leads to. Owned by the loop.
 */
public final class Actions implements StatefulRows {
  private final Columns values;
  private final Columns extras;

  /**
   * Creates zeroed actions.
   *
   * @param space the environment's action space
   * @param extras what the policy adds; {@link Dict#EMPTY} for nothing
   * @param rows number of rows, at least 1
   */
  public Actions(Space space, Dict extras, int rows) {
    this.values = new Columns(space, rows);
    this.extras = new Columns(extras, rows);
  }

  /** The actions themselves. */
  public Columns values() {
    return values;
  }

  /** Returns the extra columns that the policy writes. */
  public Columns extras() {
    return extras;
  }

  /** Number of rows. */
  @Override
  public int rows() {
    return values.rows();
  }

  /** Copies the listed rows from actions of the same shape. */
  public void copyRows(Actions source, Rows rows) {
    for (int i = 0; i < rows.count(); i++) {
      values.copyRow(source.values, rows.at(i), rows.at(i));
      extras.copyRow(source.extras, rows.at(i), rows.at(i));
    }
  }

  @Override
  public void carry(State state, int row) {
    state.begin("action", 1);
    values.carry(state, row);
    extras.carry(state, row);
    state.end();
  }
}
