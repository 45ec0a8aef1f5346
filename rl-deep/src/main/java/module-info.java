/** Networks, optimisers, replay and deep learners. */
module org.bellmanrl.deep {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports org.bellmanrl.deep.network;
  exports org.bellmanrl.deep.optimizer;
  exports org.bellmanrl.deep.replay;
}
