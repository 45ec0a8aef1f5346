/** The interfaces that environments, policies and learners implement, and the loop over them. */
module org.bellmanrl.api {
  exports org.bellmanrl.api;
  exports org.bellmanrl.api.interaction;
  exports org.bellmanrl.api.model;
  exports org.bellmanrl.api.options;
  exports org.bellmanrl.api.random;
  exports org.bellmanrl.api.registry;
  exports org.bellmanrl.api.render;
  exports org.bellmanrl.api.schedule;
  exports org.bellmanrl.api.space;
  exports org.bellmanrl.api.state;
  exports org.bellmanrl.api.transform;

  requires static org.jspecify;

  // Discovery asks for these kinds; without a root that does, provider modules are not even
  // resolved.
  uses org.bellmanrl.api.EnvironmentProvider;
  uses org.bellmanrl.api.LearnerProvider;
  uses org.bellmanrl.api.ListenerProvider;
  uses org.bellmanrl.api.PolicyProvider;
  uses org.bellmanrl.api.ValueFunctionProvider;
  uses org.bellmanrl.api.VectorEnvironmentProvider;
  uses org.bellmanrl.api.WrapperProvider;
}
