/** Networks, optimisers, replay and deep learners. */
module org.bellmanrl.deep {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;
}
