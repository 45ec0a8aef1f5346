/** Any environment of Gymnasium's, in Python processes over shared memory. */
module org.bellmanrl.gymnasium {
  requires transitive org.bellmanrl.api;
  requires static org.jspecify;

  exports org.bellmanrl.gymnasium;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.gymnasium.GymnasiumCatalogue;
}
