package org.bellmanrl.lab.serve;

/** A call that can't be fulfilled and has changed nothing; the message is one line. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a call is refused. */
  public enum Reason {
    /** A value is not what the task allows. */
    INVALID,
    /** No such episode is being played. */
    UNKNOWN,
    /** As many episodes as can be are being played. */
    FULL
  }

  /** A refusal, without a stack trace. */
  public RefusedException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
