package org.bellmanrl.lab.cluster;

import org.jspecify.annotations.Nullable;

/** Something about a cluster that its user can put right; the message is one line. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with its line. */
  public ClusterException(String message) {
    super(message);
  }

  /** An exception with its line and where it came from. */
  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
