package org.bellmanrl.lab.cluster;

import org.jspecify.annotations.Nullable;

/** Does jobs on a worker. Safe for use by several threads. */
public interface Work {

  /**
   * Does a job.
   *
   * @param stage what the job has in common with others; the same array for all of them
   * @param job what is to be done
   * @param reports takes what the dispatcher should know meanwhile
   * @return the result
   * @throws UnfitException if this worker can't do such jobs but another may
   * @throws RuntimeException if the job itself is at fault: the dispatcher receives the message
   */
  byte[] perform(byte[] stage, byte[] job, Reports reports);

  /** The way back to the dispatcher while a job is done. */
  interface Reports {
    /** Sends something small at once; it is lost if the dispatcher is. */
    void report(byte[] bytes);

    /** Whether the job should come to a stop with whatever result it has. */
    boolean stopWanted();

    /**
     * Asks the dispatcher for a part of a file that it {@linkplain ClusterProvider#dispatch
     * offers}, and waits for it. The part comes from a process that has shown what lets it into the
     * cluster; the file's check sum is for the caller to compare.
     *
     * @param sha256 of the file, in hexadecimal
     * @param offset of the part's first byte
     * @return the part, at least one byte and at most {@link JobDispatcher#MOST_PART_BYTES}, or
     *     none at the end of the file; null if the dispatcher does not offer the file
     * @throws UnfitException if the part does not come, or the job is to stop
     */
    byte @Nullable [] fetch(String sha256, long offset);
  }

  /** Says that a worker lacks something. */
  final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A worker lacks what the message names. */
    public UnfitException(String message) {
      super(message);
    }
  }
}
