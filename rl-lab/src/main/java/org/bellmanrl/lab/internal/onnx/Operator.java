package org.bellmanrl.lab.internal.onnx;

/** What a {@link Node} does. */
@FunctionalInterface
interface Operator {

  /**
   * Computes.
   *
   * @param node says how, by its attributes
   * @param in the inputs
   * @return the first output; the operators known here need no other
   */
  Tensor apply(Node node, Inputs in);
}
