/** The interfaces that environments, policies and learners implement, and the loop over them. */
module org.bellmanrl.api {
  requires static transitive org.jspecify;

  exports org.bellmanrl.api.options;
  exports org.bellmanrl.api.random;
  exports org.bellmanrl.api.state;
}
