package org.bellmanrl.gymnasium.internal;

/** Says inside this package that a worker is of no more use; it never leaves the package. */
final class BrokenWorkerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a worker is of no more use. */
  enum Reason {
    /** What was asked for cannot be done. */
    REFUSED,
    /** Something is not installed. */
    MISSING,
    /** The environment failed, or its process did. */
    FAILED
  }

  private final Reason reason;
  private final String what;
  private final String detail;

  /**
   * Makes one.
   *
   * @param what what is wrong, or what the worker did, as in "raised an exception"
   * @param detail what stands behind the place where that was
   */
  BrokenWorkerException(Reason reason, String what, String detail) {
    super(what, null, false, false);
    this.reason = reason;
    this.what = what;
    this.detail = detail;
  }

  static BrokenWorkerException failed(String what, String detail) {
    return new BrokenWorkerException(Reason.FAILED, what, detail);
  }

  Reason reason() {
    return reason;
  }

  /** What happened, with the place in the middle of the sentence. */
  String text(String where) {
    return what + where + detail;
  }
}
