package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Dueling} in its place. */
final class DuelingLayer extends Layer {
  private final int actions;
  private final int outputs;

  DuelingLayer(Dueling spec, Extent in) {
    super(Extent.vector(spec.actions() * spec.outputs()));
    this.actions = spec.actions();
    this.outputs = spec.outputs();
    if (in.channels() != spec.inputs()) {
      throw new IllegalArgumentException(
          "%s needs %d inputs, had %d".formatted(spec, spec.inputs(), in.channels()));
    }
  }

  @Override
  boolean hasParameters() {
    return false;
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out);
  }

  private final class Pass extends LayerPass {
    Pass(Signal in, Signal out) {
      super(in, out);
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int row = 0; row < rows; row++) {
        int value = row * in.stride;
        int to = row * out.stride;
        for (int i = 0; i < outputs; i++) {
          float sum = 0;
          for (int a = 0; a < actions; a++) {
            sum += in.values[value + (a + 1) * outputs + i];
          }
          float base = in.values[value + i] - sum / actions;
          for (int a = 0; a < actions; a++) {
            out.values[to + a * outputs + i] = base + in.values[value + (a + 1) * outputs + i];
          }
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (!in.hasGradients()) {
        return;
      }
      float[] incoming = in.gradients();
      float[] gradients = out.gradients();
      for (int row = 0; row < rows; row++) {
        int value = row * in.gradientStride;
        int from = row * out.stride;
        for (int i = 0; i < outputs; i++) {
          float sum = 0;
          for (int a = 0; a < actions; a++) {
            sum += gradients[from + a * outputs + i];
          }
          incoming[value + i] = sum;
          float mean = sum / actions;
          for (int a = 0; a < actions; a++) {
            incoming[value + (a + 1) * outputs + i] = gradients[from + a * outputs + i] - mean;
          }
        }
      }
    }
  }
}
