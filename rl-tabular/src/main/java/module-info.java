/** Tables, dynamic programming, Monte Carlo, temporal-difference learning and planning. */
module org.bellmanrl.tabular {
  exports org.bellmanrl.tabular;

  requires transitive org.bellmanrl.api;
  requires static io.soabase.recordbuilder.core;
  requires static java.compiler;
  requires static org.jspecify;

  exports org.bellmanrl.tabular.bandit;
  exports org.bellmanrl.tabular.dp;
  exports org.bellmanrl.tabular.gradient;
  exports org.bellmanrl.tabular.learner;
  exports org.bellmanrl.tabular.linear;
  exports org.bellmanrl.tabular.montecarlo;
  exports org.bellmanrl.tabular.planning;
  exports org.bellmanrl.tabular.policy;
  exports org.bellmanrl.tabular.table;
  exports org.bellmanrl.tabular.td;
  exports org.bellmanrl.tabular.traces;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.tabular.TabularCatalogue;
}
