package org.bellmanrl.api.options;

/**
 * Says inside this package that a value is not of an option's type; it never leaves the package.
 */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one where the value is simply of another type. */
  Mismatch() {
    this("");
  }

  /** Makes one with something to add to "must be …, was …". */
  Mismatch(String detail) {
    super(detail, null, false, false);
  }

  String detail() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
