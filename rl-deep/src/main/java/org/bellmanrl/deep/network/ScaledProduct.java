package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** A product without bias whose results are scaled: activation(s ⊙ x·W), bound to its buffers. */
final class ScaledProduct {
  private final ParameterBlock weights;
  private final ParameterBlock scale;
  private final Signal sums;
  private final Signal out;
  private final DenseProduct product;
  private final Activator none;
  private final Activator activator;
  private final float[] zeros;
  private final float[] unusedSums;

  ScaledProduct(
      Kernel kernel,
      ParameterBlock weights,
      ParameterBlock scale,
      Signal in,
      Signal out,
      Activation activation,
      int maxRows) {
    this.weights = weights;
    this.scale = scale;
    this.sums = Signal.padded(out.extent, maxRows, out.hasGradients());
    this.out = out;
    this.product = new DenseProduct(kernel, in, sums);
    this.none = new Activator(kernel, Activation.NONE, sums);
    this.activator = new Activator(kernel, activation, out);
    this.zeros = new float[out.stride];
    this.unusedSums = new float[out.stride];
  }

  void forward(float[] parameters, int rows) {
    product.forward(parameters, weights.offset(), zeros, 0, none, rows);
    boolean rectify = activator.rectifies();
    for (int row = 0; row < rows; row++) {
      int at = row * out.stride;
      for (int i = 0; i < weights.columns(); i++) {
        float value = sums.values[at + i] * parameters[scale.offset() + i];
        activator.sums[at + i] = rectify ? Math.max(value, 0f) : value;
      }
    }
    activator.finish(rows * out.stride);
  }

  /** Consumes the gradients of what leaves. */
  void backward(float[] parameters, float @Nullable [] into, int rows) {
    activator.gradient(rows, unusedSums, 0);
    for (int row = 0; row < rows; row++) {
      int at = row * out.stride;
      for (int i = 0; i < weights.columns(); i++) {
        float gradient = out.gradients()[at + i];
        int index = scale.offset() + i;
        if (into != null) {
          into[index] = Math.fma(gradient, sums.values[at + i], into[index]);
        }
        sums.gradients()[at + i] = gradient * parameters[index];
      }
    }
    if (into != null) {
      product.weightGradients(into, weights.offset(), rows);
    }
    product.inputGradients(parameters, weights.offset(), rows);
  }
}
