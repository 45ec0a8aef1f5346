package org.bellmanrl.api;

import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.Stateful;

/**
 * Estimates of future return: one number per state (V), or one per action (Q).
 *
 * <p>Reading is safe for several threads as long as no thread learns; {@link #snapshot()} gives
 * something that is always safe.
 */
public interface ValueFunction extends Stateful {

  /** Numbers per row: 1 for state values, the number of actions for action values. */
  int width();

  /**
   * Looks up or computes the values of the listed rows.
   *
   * @param rows which
   * @param observations what the rows show
   * @param values takes the estimates: row {@code r} from {@code r * width()} on
   */
  void evaluate(Rows rows, Observations observations, double[] values);

  /** An immutable copy as of now, taken between steps. */
  ValueFunction snapshot();
}
