package org.bellmanrl.deep.network;

import org.bellmanrl.api.LearningException;

/** Says where the first NaN or infinity stands. */
public final class NonFiniteException extends LearningException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that names the place and the value. */
  public NonFiniteException(String message) {
    super(message);
  }
}
