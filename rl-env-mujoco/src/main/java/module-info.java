/** Gymnasium's MuJoCo tasks, and any MJCF model, over MuJoCo's C library. */
module org.bellmanrl.env.mujoco {
  requires transitive org.bellmanrl.api;
  requires java.compiler;
  requires org.bellmanrl.env;
  requires static io.soabase.recordbuilder.core;
  requires static org.jspecify;

  exports org.bellmanrl.env.mujoco;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.env.mujoco.MujocoCatalogue;
}
