/** Environments, wrappers, vectorisation and rendering. */
module org.bellmanrl.env {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;
}
