/** Environments, wrappers, vectorisation and rendering. */
module org.bellmanrl.env {
  exports org.bellmanrl.env;

  requires transitive org.bellmanrl.api;
  requires java.desktop;
  requires static io.soabase.recordbuilder.core;
  requires static java.compiler;
  requires static org.jspecify;

  exports org.bellmanrl.env.classic;
  exports org.bellmanrl.env.diagnostic;
  exports org.bellmanrl.env.goal;
  exports org.bellmanrl.env.math;
  exports org.bellmanrl.env.minatar;
  exports org.bellmanrl.env.picture;
  exports org.bellmanrl.env.policy;
  exports org.bellmanrl.env.raycast;
  exports org.bellmanrl.env.textbook;
  exports org.bellmanrl.env.toytext;
  exports org.bellmanrl.env.vector;
  exports org.bellmanrl.env.wrapper;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.env.EnvCatalogue;
}
