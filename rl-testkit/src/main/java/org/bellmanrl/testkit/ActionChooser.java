package org.bellmanrl.testkit;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Columns;

/** Chooses the actions with which a contract plays an environment. */
@FunctionalInterface
public interface ActionChooser {

  /**
   * Writes an action into one row.
   *
   * @param seen what the rows show, with their masks
   * @param row which row to choose for
   * @param random draws from here alone keep a play repeatable
   * @param actions takes the action, an allowed element of its space
   */
  void choose(Observations seen, int row, RandomStream random, Columns actions);

  /** Draws from the action space, or uniformly from what the mask allows. */
  static ActionChooser random() {
    return RandomActions::choose;
  }
}
