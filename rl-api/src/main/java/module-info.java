/** The interfaces that environments, policies and learners implement, and the loop over them. */
@SuppressWarnings("module") // those that it exports to are built after this module
module org.bellmanrl.api {
  exports org.bellmanrl.api;
  exports org.bellmanrl.api.interaction;
  exports org.bellmanrl.api.internal to
      org.bellmanrl.lab,
      org.bellmanrl.results,
      org.bellmanrl.tune;
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

  // Without a root that uses it, modules that provide a catalogue are not even resolved.
  uses org.bellmanrl.api.registry.Catalogue;
}
