package org.bellmanrl.bench.file;

import org.jspecify.annotations.Nullable;

/**
 * Something that the person at the keyboard can put right; the message is one line that says what
 * is wrong and what to do.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an error with its line. */
  public UserError(String message) {
    super(message);
  }

  /** Makes an error with its line and where it came from. */
  public UserError(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
