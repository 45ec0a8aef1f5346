package org.bellmanrl.deep.network;

/** Thrown for a NaN or an infinity; the message says where the first one is. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that names the place and the value. */
  public NonFiniteException(String message) {
    super(message);
  }
}
