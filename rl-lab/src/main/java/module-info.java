/** Experiments, run folders and the command line. */
module org.bellmanrl.lab {
  requires transitive org.bellmanrl.api;
  requires org.bellmanrl.deep;
  requires org.bellmanrl.env;
  requires org.bellmanrl.tabular;
  requires com.google.common;
  requires com.google.guice;
  requires info.picocli;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires static com.google.auto.service;
  requires static transitive org.jspecify;

  opens org.bellmanrl.lab to
      info.picocli;
}
