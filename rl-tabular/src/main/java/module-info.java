/** Tables, dynamic programming, Monte Carlo, temporal-difference learning and planning. */
module org.bellmanrl.tabular {
  requires transitive org.bellmanrl.api;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;
}
