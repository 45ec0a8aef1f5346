package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Flatten} in its place: a copy, which leaves the padding between pixels out. */
final class FlattenLayer extends Layer {
  FlattenLayer(Extent in) {
    super(Extent.vector(in.size()));
  }

  @Override
  boolean hasParameters() {
    return false;
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out);
  }

  private static final class Pass extends LayerPass {
    Pass(Signal in, Signal out) {
      super(in, out);
    }

    @Override
    void forward(float[] parameters, int rows) {
      int channels = in.extent.channels();
      int positions = in.extent.positions();
      for (int row = 0; row < rows; row++) {
        int from = row * in.rowStride();
        int to = row * out.stride;
        for (int position = 0; position < positions; position++) {
          System.arraycopy(in.values, from, out.values, to, channels);
          from += in.stride;
          to += channels;
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (!in.hasGradients()) {
        return;
      }
      int channels = in.extent.channels();
      int positions = in.extent.positions();
      for (int row = 0; row < rows; row++) {
        int from = row * out.stride;
        int to = row * in.gradientRowStride();
        for (int position = 0; position < positions; position++) {
          System.arraycopy(out.gradients(), from, in.gradients(), to, channels);
          from += channels;
          to += in.gradientStride;
        }
      }
    }
  }
}
