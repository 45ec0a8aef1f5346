package org.bellmanrl.api.registry;

/**
 * Says that an entry cannot be used on this machine as it is, because something that is not part of
 * the program is missing: a native library, or files that the user installs.
 */
public final class UnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message one line that says what is missing and what to install
   */
  public UnavailableException(String message) {
    super(message);
  }

  /** Makes an exception with a cause; see {@link #UnavailableException(String)}. */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
