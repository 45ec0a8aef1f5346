package org.bellmanrl.api;

import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.StatefulRows;

/**
 * A policy at work in a fixed number of rows, with its scratch space, memory and random streams.
 *
 * <p>A row carries its stream and whatever the actor remembers of its episode. Not thread-safe.
 */
public interface Actor extends StatefulRows {

  /**
   * Chooses an action in each listed row, and writes the policy's extra columns.
   *
   * @param rows which
   * @param observations what the rows show, with their masks; a masked action is never chosen
   * @param actions takes the actions, in the listed rows
   */
  void act(Rows rows, Observations observations, Actions actions);

  /** Forgets what was remembered of the listed rows' last episodes: new ones begin. */
  default void begin(Rows rows) {}
}
