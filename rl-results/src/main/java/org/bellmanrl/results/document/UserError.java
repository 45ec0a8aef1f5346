package org.bellmanrl.results.document;

import org.jspecify.annotations.Nullable;

/**
 * Reports something that the user of a program can put right, such as a file that is missing or an
 * option out of its range. The message is a single line that says what is wrong and what to do;
 * programs print it without a stack trace.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an error with its line. */
  public UserError(String message) {
    super(message);
  }

  /** Creates an error with its line and its cause. */
  public UserError(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
