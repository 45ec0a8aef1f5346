package org.bellmanrl.env.internal.grid;

import org.bellmanrl.api.Observations;

/** A capability of tasks that are nothing but their exact model: their state can be chosen. */
@FunctionalInterface
public interface Placeable {
  /**
   * Puts the task into a state, and shows it.
   *
   * @param state a state of the model
   * @param observations takes what is observed there
   * @param row the row to write
   */
  void place(int state, Observations observations, int row);
}
