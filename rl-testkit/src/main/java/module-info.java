/** Contract tests for implementations of the interfaces of {@code org.bellmanrl.api}. */
module org.bellmanrl.testkit {
  requires transitive org.bellmanrl.api;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires org.assertj.core;
  requires static transitive org.jspecify;
}
