package org.bellmanrl.lab.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The service by which the command line works on many machines.
 *
 * <p>All failures that a user can put right are {@link ClusterException}s with a one-line message.
 */
public interface ClusterProvider {

  /**
   * Joins a cluster to have jobs done by its workers.
   *
   * @param membership where the cluster is and what lets this process in
   * @param facts what a worker must share so that its results have the same bits, such as the
   *     version; a worker with others is refused by name
   * @param files that workers may {@linkplain Work.Reports#fetch fetch}, by their SHA-256 in
   *     hexadecimal
   * @param warnings takes lines about workers that were lost or refused; called from any thread
   */
  JobDispatcher dispatch(
      Membership membership,
      Map<String, String> facts,
      Map<String, Path> files,
      Consumer<String> warnings);

  /**
   * Joins a cluster as a worker, until the result is closed.
   *
   * @param membership where the cluster is and what lets this process in
   * @param cores how many jobs are done at the same time; 0 to be there for others to join only
   * @param founding whether to found the cluster if nobody has and its address is this machine's
   * @param facts see {@link #dispatch}
   * @param work does the jobs
   * @param log takes lines about what the worker is doing; called from any thread
   */
  Service work(
      Membership membership,
      int cores,
      boolean founding,
      Map<String, String> facts,
      Work work,
      Consumer<String> log);

  /** Joins a cluster to see what goes on in it, until the result is closed. */
  View view(Membership membership);

  /**
   * Makes the certificate of a machine and, if the folder has none yet, the authority that signs
   * it.
   *
   * @param folder where {@code ca.p12} and {@code NAME.p12} are; made if it is not there
   * @param name of the machine, letters, digits, dots and hyphens
   * @return the file for the machine
   */
  Path certify(Path folder, String name);

  /** What can be seen of a cluster. For one thread, except that any may close it. */
  interface View extends AutoCloseable {
    /** Returns the processes that are there now, a line each, with what they are doing. */
    List<String> lines();

    @Override
    void close();
  }

  /** Something that goes on until it is closed. */
  interface Service extends AutoCloseable {
    /** Lets running jobs come to a stop, hands in their results, and leaves the cluster. */
    @Override
    void close();

    /** Does the same without telling the other members, who are about to end as well. */
    void abandon();
  }
}
