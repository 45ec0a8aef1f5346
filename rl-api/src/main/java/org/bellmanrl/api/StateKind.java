package org.bellmanrl.api;

/** How an environment's state survives a save and a restore. */
public enum StateKind {
  /** The state is written out and read back: the future is the same to the bit. */
  BYTES,
  /**
   * The engine hides its state, so the episode's stream and actions are written and played again:
   * the same future to the bit, at the price of the episode so far.
   */
  REPLAY,
  /**
   * The episode can't be saved: after a restore a new one begins, and the log says so. Single
   * environments are not asked to save; wrappers and vectors are, for what outlives episodes, such
   * as statistics.
   */
  NEW_EPISODE
}
