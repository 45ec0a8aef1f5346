/** Experiments, run folders and the command line. */
module org.bellmanrl.lab {
  requires transitive org.bellmanrl.api;
  requires org.bellmanrl.deep;
  requires org.bellmanrl.env;
  requires org.bellmanrl.gymnasium;
  requires org.bellmanrl.onnx;
  requires org.bellmanrl.tabular;
  requires static com.google.auto.service;
  requires com.google.common;
  requires com.google.guice;
  requires info.picocli;
  requires static io.soabase.recordbuilder.core;
  requires static java.compiler;
  requires java.desktop;
  requires java.net.http;
  requires jdk.jfr;
  requires jcodec;
  requires jdk.httpserver;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports org.bellmanrl.lab;
  exports org.bellmanrl.lab.cluster;
  exports org.bellmanrl.lab.preset;
  exports org.bellmanrl.lab.serve;

  opens org.bellmanrl.lab.internal.assembly to
      com.google.guice;
  opens org.bellmanrl.lab.internal.cli to
      com.google.guice;
  opens org.bellmanrl.lab.internal.cluster to
      com.google.guice;
  opens org.bellmanrl.lab.internal.textbook to
      com.google.guice;
  opens org.bellmanrl.lab.internal.trace to
      com.google.guice;
  opens org.bellmanrl.lab.internal.tune to
      com.google.guice;

  uses org.bellmanrl.lab.cluster.ClusterProvider;
  uses org.bellmanrl.lab.serve.EpisodeProtocol;

  provides org.bellmanrl.api.registry.Catalogue with
      org.bellmanrl.lab.internal.listener.LabCatalogue;
}
