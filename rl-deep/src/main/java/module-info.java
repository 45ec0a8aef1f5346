/** Networks, optimisers, replay and deep learners. */
module org.bellmanrl.deep {
  exports org.bellmanrl.deep;

  requires transitive org.bellmanrl.api;
  requires transitive org.bellmanrl.policy;
  requires static com.google.auto.service;
  requires static io.soabase.recordbuilder.core;
  requires static java.compiler;
  requires static org.jspecify;

  exports org.bellmanrl.deep.dqn;
  exports org.bellmanrl.deep.exploration;
  exports org.bellmanrl.deep.network;
  exports org.bellmanrl.deep.onpolicy;
  exports org.bellmanrl.deep.optimizer;
  exports org.bellmanrl.deep.policy;
  exports org.bellmanrl.deep.replay;
  exports org.bellmanrl.deep.continuous;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.deep.DeepCatalogue;
  provides org.bellmanrl.policy.PolicyFormat with
      org.bellmanrl.deep.internal.NetworkPolicyFormat;
}
