package org.bellmanrl.lab.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Dispatches jobs to the workers of a cluster. A job whose worker is lost is dispatched again, so
 * {@link Job#result} completes as soon as any worker has done it. Safe for use by several threads.
 */
public interface JobDispatcher extends AutoCloseable {

  /** Most bytes of a stage, a job or a result. */
  int MOST_BYTES = 1 << 30;

  /** Most bytes of a part of a file, see {@link Work.Reports#fetch}. */
  int MOST_PART_BYTES = 1 << 20;

  /**
   * Says what many jobs have in common; each worker is sent it once.
   *
   * @param bytes at most {@link #MOST_BYTES}; not to be changed afterwards
   * @param exact whether each job always has the same result, byte for byte. A job that takes long
   *     is then given to an idle worker too, and results that differ make the jobs fail.
   */
  Stage stage(byte[] bytes, boolean exact);

  /**
   * Has a job done.
   *
   * @param stage made by this dispatcher
   * @param job at most {@link #MOST_BYTES}; not to be changed afterwards
   * @param reports takes what the worker reports meanwhile; called from any thread
   */
  Job submit(Stage stage, byte[] job, Consumer<byte[]> reports);

  /** How many jobs the workers that are here can do at the same time. */
  int capacity();

  /** Gives running jobs up and leaves the cluster; may be called twice. */
  @Override
  void close();

  /** What many jobs have in common. */
  interface Stage {}

  /** A job that was submitted. */
  interface Job {
    /**
     * What came of it. Completes exceptionally with a {@link ClusterException} if the job failed,
     * was lost with several workers in turn, or the dispatcher was closed.
     */
    CompletableFuture<byte[]> result();

    /**
     * Asks for a result now, see {@link Work.Reports#stopWanted}. A job that no worker is at fails.
     */
    void stop();
  }
}
