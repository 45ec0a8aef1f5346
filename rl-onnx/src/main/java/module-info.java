/** Policies in ONNX: writes learned ones, and runs those of other programs over ONNX Runtime. */
@SuppressWarnings("module") // rl-lab is built after this module
module org.bellmanrl.onnx {
  exports org.bellmanrl.onnx;
  exports org.bellmanrl.onnx.protobuf to
      org.bellmanrl.lab;

  requires com.microsoft.onnxruntime;
  requires org.bellmanrl.deep;
  requires transitive org.bellmanrl.policy;
  requires static com.google.auto.service;
  requires static org.jspecify;

  provides org.bellmanrl.policy.PolicyImporter with
      org.bellmanrl.onnx.internal.OnnxImporter;
}
