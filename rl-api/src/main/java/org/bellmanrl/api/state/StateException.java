package org.bellmanrl.api.state;

import org.jspecify.annotations.Nullable;

/**
 * Says that saved state cannot be restored: it is damaged, of another type, of a newer version or
 * of another shape than the object that reads it.
 */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that names what was expected and what was found. */
  public StateException(String message) {
    super(message);
  }

  /** Makes an exception that was caused by another one. */
  public StateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
