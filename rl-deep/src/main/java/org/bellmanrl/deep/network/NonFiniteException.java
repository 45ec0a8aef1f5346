package org.bellmanrl.deep.network;

/** Says where the first NaN or infinity stands. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message that names the place and the value. */
  public NonFiniteException(String message) {
    super(message);
  }
}
