package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link ResidualBlock} in its place. */
final class ResidualLayer extends Layer {
  private final Stack stack;

  ResidualLayer(ResidualBlock spec, Extent in, Blocks blocks) {
    if (in.channels() != spec.units()) {
      throw new IllegalArgumentException(
          "a residual block of %d units needs as many inputs, had %d: put dense %d none before it"
              .formatted(spec.units(), in.channels(), spec.units()));
    }
    Stack stack = new Stack(spec.layers(), in, blocks, "");
    super(stack.output());
    this.stack = stack;
  }

  @Override
  int largest() {
    return stack.largest();
  }

  @Override
  String inner() {
    return "[" + stack.describe() + "]";
  }

  @Override
  boolean hasParameters() {
    return stack.hasParameters();
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    stack.initialise(parameters, random);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Stack.Pass change;
    private final int units;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      this.change = stack.pass(kernel, in, maxRows, out.hasGradients());
      this.units = in.extent.channels();
    }

    @Override
    void forward(float[] parameters, int rows) {
      change.forward(parameters, rows);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < units; i++) {
          out.values[row * out.stride + i] =
              in.values[row * in.stride + i] + change.out.values[row * change.out.stride + i];
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            out.gradients(),
            row * out.stride,
            change.out.gradients(),
            row * change.out.stride,
            units);
      }
      change.backward(parameters, into, rows);
      for (int row = 0; in.hasGradients() && row < rows; row++) {
        for (int i = 0; i < units; i++) {
          in.gradients()[row * in.gradientStride + i] += out.gradients()[row * out.stride + i];
        }
      }
    }

    @Override
    void sampleNoise(RandomStream random) {
      change.sampleNoise(random);
    }

    @Override
    void batchStatistics(boolean use) {
      change.batchStatistics(use);
    }

    @Override
    void clearNoise() {
      change.clearNoise();
    }
  }
}
