package org.bellmanrl.api;

/**
 * Says that a learner cannot go on, for a reason that the user can remove: an episode that never
 * ends, values that settle on nothing or grow beyond all bounds. The message says what happened and
 * what to change.
 */
public class LearningException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for the user. */
  public LearningException(String message) {
    super(message);
  }

  /** Makes an exception with a message for the user, and what it says in other words. */
  public LearningException(String message, Throwable cause) {
    super(message, cause);
  }
}
