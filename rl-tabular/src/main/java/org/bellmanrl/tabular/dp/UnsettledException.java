package org.bellmanrl.tabular.dp;

/**
 * Thrown when a method has not found the values of a model within the sweeps that it is allowed.
 */
public final class UnsettledException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception whose message says how far the method came and what to do. */
  UnsettledException(String message) {
    super(message);
  }
}
