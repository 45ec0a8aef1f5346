/** Statistics of results, and the files that hold them. */
module org.bellmanrl.results {
  requires org.bellmanrl.api;
  requires org.bellmanrl.policy;
  requires static org.jspecify;
  requires org.snakeyaml.engine;

  exports org.bellmanrl.results.document;
  exports org.bellmanrl.results.statistics;
}
