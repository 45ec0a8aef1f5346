package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;

/** The activation at the end of a layer, with what its gradient needs. */
final class Activator {
  private final Kernel kernel;
  private final Activation activation;
  private final Signal out;

  /** Where the layer writes its sums: the outgoing values, unless the gradient needs both. */
  final float[] sums;

  Activator(Kernel kernel, Activation activation, Signal out) {
    this.kernel = kernel;
    this.activation = activation;
    this.out = out;
    this.sums = activation == Activation.SILU ? new float[out.values.length] : out.values;
  }

  /** Returns whether the kernel is to rectify what it writes. */
  boolean rectifies() {
    return activation == Activation.RELU;
  }

  /** Turns sums (rectified ones for ReLU) into outgoing values. */
  void finish(int length) {
    switch (activation) {
      case NONE, RELU -> {}
      case LEAKY_RELU -> kernel.activations().leakyRectifier(length, sums);
      case TANH -> kernel.activations().tanh(length, sums);
      case SILU -> kernel.activations().silu(length, sums, out.values);
    }
  }

  /**
   * Turns the gradients of the outgoing values into those of the sums, in place, and adds up each
   * column.
   */
  void gradient(int rows, float[] columnSums, int at) {
    float[] gradients = out.gradients();
    int columns = out.stride;
    switch (activation) {
      case NONE -> kernel.activations().sumColumns(rows, columns, gradients, columnSums, at);
      case RELU ->
          kernel
              .activations()
              .rectifierGradient(rows, columns, out.values, gradients, columnSums, at);
      case LEAKY_RELU ->
          kernel
              .activations()
              .leakyRectifierGradient(rows, columns, out.values, gradients, columnSums, at);
      case TANH ->
          kernel.activations().tanhGradient(rows, columns, out.values, gradients, columnSums, at);
      case SILU ->
          kernel.activations().siluGradient(rows, columns, sums, gradients, columnSums, at);
    }
  }
}
