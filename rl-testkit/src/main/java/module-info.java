/** Contract tests for implementations of the interfaces of {@code org.bellmanrl.api}. */
module org.bellmanrl.testkit {
  exports org.bellmanrl.testkit;

  requires java.management;
  requires jdk.management;
  requires transitive org.bellmanrl.api;
  requires static org.jspecify;
  requires transitive org.junit.jupiter.api;
}
