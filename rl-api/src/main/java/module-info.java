/** The interfaces that environments, policies and learners implement, and the loop over them. */
module org.bellmanrl.api {
  exports org.bellmanrl.api.random;

  requires static transitive org.jspecify;
}
