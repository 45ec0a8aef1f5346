package org.bellmanrl.api.registry;

/**
 * Says that an entry cannot be used on this machine as it is, because something that is not part of
 * the program is missing or has failed: a native library, files that the user installs, or another
 * process.
 */
public final class UnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message says what is missing and what to install, or what has failed
   */
  public UnavailableException(String message) {
    super(message);
  }

  /** Makes an exception with a cause; see {@link #UnavailableException(String)}. */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
