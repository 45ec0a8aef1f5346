/** Search for hyperparameters: spaces, samplers, pruners and importance. */
module org.bellmanrl.tune {
  requires transitive org.bellmanrl.api;
  requires transitive org.bellmanrl.results;
  requires static org.jspecify;

  exports org.bellmanrl.tune;
}
