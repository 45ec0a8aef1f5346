package org.bellmanrl.deep.network;

import org.bellmanrl.api.LearningException;

/** Thrown for a NaN or an infinity; the message says where the first one is. */
public final class NonFiniteException extends LearningException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that names the place and the value. */
  public NonFiniteException(String message) {
    super(message);
  }
}
