package org.bellmanrl.cluster.internal;

/**
 * What members are to one another. A role {@code data-PORT} says where a learner dispatches jobs,
 * {@code cores-N} how many a worker does at a time.
 */
final class Roles {
  static final String LEARNER = "learner";
  static final String WORKER = "worker";
  static final String VISITOR = "visitor";
  static final String DATA = "data";
  static final String CORES = "cores";

  private Roles() {}
}
