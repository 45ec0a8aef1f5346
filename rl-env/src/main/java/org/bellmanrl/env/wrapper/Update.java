package org.bellmanrl.env.wrapper;

/** When the running statistics of a normalizing wrapper take in what is observed. */
public enum Update {
  /** At every step of all rows, before they are applied. */
  STEP,
  /**
   * When a {@linkplain org.bellmanrl.api.Learner.Rounds round} of the learner ends; they stay as
   * they are in between, so that rows can be stepped apart, on other machines for example.
   */
  ROUND,
  /** Not at all: restored statistics stay as they are. */
  NEVER
}
