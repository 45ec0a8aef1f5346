package org.bellmanrl.lab.internal.training;

/** What a run is at. */
public enum RunPhase {
  /** It learns, or tries out what it has learned. */
  LEARNING,
  /** It writes what it must not lose, or has done all there was to do. */
  SAVING,
  /** The learned policy is evaluated. */
  JUDGING
}
