package org.bellmanrl.api.model;

/**
 * A capability of environments that know what an action does at once, before chance has its turn:
 * the afterstate. Where many states and actions lead to the same afterstate, one value serves them
 * all (Sutton &amp; Barto, 2nd ed., 2018, section 6.8).
 *
 * <p>The dynamics must depend on the state and the action through the afterstate alone, but for the
 * part of the reward that {@link #reward} gives. State and action numbers are the indices of the
 * environment's spaces.
 */
public interface Afterstates {

  /** Returns the number of afterstates, which are numbered from 0. */
  int afterstates();

  /** The afterstate that an action leads to. */
  int afterstate(int state, int action);

  /**
   * The part of the step's reward that state and action decide at once; 0 if none is known before
   * the step.
   */
  double reward(int state, int action);
}
