package org.bellmanrl.deep.internal.action;

import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.state.State;

/**
 * Turns the outputs that a network computed for a row into the action of that row.
 *
 * <p>Both ways of reading throw {@link org.bellmanrl.deep.network.NonFiniteException} if an output
 * that decides is NaN or infinite, and {@link IllegalStateException} if a mask allows no action.
 */
public interface OutputReader {
  /**
   * Writes the likeliest action into a row, the first of several; draws nothing.
   *
   * @param outputs the network's
   * @param at where those of this row begin
   */
  void mode(float[] outputs, int at, Observations observations, int row, Actions actions);

  /**
   * Draws an action into a row, and writes the extra columns that it declares, if the actions have
   * them.
   *
   * @param outputs the network's
   * @param at where those of this row begin
   */
  void sample(
      float[] outputs,
      int at,
      Observations observations,
      int row,
      RandomStream random,
      Actions actions);

  /** Forgets what was remembered of a row's last episode: a new one begins. */
  default void begin(int row) {}

  /** Carries what is remembered of a row's episode. */
  default void carry(State state, int row) {}
}
