/** Learned policies as files: loading and serving them without a learner. */
module org.bellmanrl.policy {
  exports org.bellmanrl.policy;

  requires transitive org.bellmanrl.api;
  requires static org.jspecify;

  uses org.bellmanrl.policy.PolicyFormat;
  uses org.bellmanrl.policy.PolicyImporter;
}
