package org.bellmanrl.api.interaction;

/** Why training stopped. */
public enum StopReason {
  /** The budget's steps or episodes are used up. */
  BUDGET,
  /** The budget's wall time is used up. */
  WALL_TIME,
  /** The steps asked of this call are done; there is budget left. */
  PAUSE,
  /** {@link Trainer#stop()} was called, or the thread was interrupted. */
  REQUEST,
  /** A listener wanted it. */
  LISTENER
}
