package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Embedding} in its place. */
final class EmbeddingLayer extends Layer {
  private final ParameterBlock weights;

  EmbeddingLayer(Embedding spec, Extent in, Blocks blocks) {
    super(Extent.vector(spec.units()));
    this.weights = blocks.block("weights", in.channels(), spec.units());
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    for (int row = 0; row < weights.rows(); row++) {
      for (int unit = 0; unit < weights.columns(); unit++) {
        parameters[weights.index(row, unit)] = (float) random.standardNormal();
      }
    }
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out);
  }

  private final class Pass extends LayerPass {
    private final int inputs = weights.rows();
    private final int units = weights.columns();

    Pass(Signal in, Signal out) {
      super(in, out);
    }

    @Override
    void forward(float[] parameters, int rows) {
      Arrays.fill(out.values, 0, rows * out.stride, 0f);
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < inputs; i++) {
          float input = in.values[row * in.stride + i];
          if (input != 0) {
            add(units, input, parameters, weights.index(i, 0), out.values, row * out.stride);
          }
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      float[] gradients = out.gradients();
      for (int row = 0; row < rows; row++) {
        int at = row * out.stride;
        for (int i = 0; i < inputs; i++) {
          float input = in.values[row * in.stride + i];
          if (into != null && input != 0) {
            add(units, input, gradients, at, into, weights.index(i, 0));
          }
          if (in.hasGradients()) {
            in.gradients()[row * in.gradientStride + i] =
                UnitVectors.dot(units, gradients, at, parameters, weights.index(i, 0));
          }
        }
      }
    }

    /** y ← y + factor x. */
    private static void add(int length, float factor, float[] x, int xAt, float[] y, int yAt) {
      for (int i = 0; i < length; i++) {
        y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
      }
    }
  }
}
