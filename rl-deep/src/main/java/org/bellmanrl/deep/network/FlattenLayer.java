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
    private final int channels;
    private final int positions;

    Pass(Signal in, Signal out) {
      super(in, out);
      this.channels = in.extent.channels();
      this.positions = in.extent.positions();
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int row = 0; row < rows; row++) {
        copy(in.values, row * in.rowStride(), in.stride, out.values, row * out.stride, channels);
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (!in.hasGradients()) {
        return;
      }
      for (int row = 0; row < rows; row++) {
        int to = row * in.gradientRowStride();
        copy(out.gradients(), row * out.stride, channels, in.gradients(), to, in.gradientStride);
      }
    }

    /** Copies the pixels of a row, all at once where neither side has padding between them. */
    private void copy(
        float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
      if (fromStride == channels && toStride == channels) {
        System.arraycopy(from, fromAt, to, toAt, positions * channels);
        return;
      }
      for (int i = 0; i < positions; i++) {
        System.arraycopy(from, fromAt + i * fromStride, to, toAt + i * toStride, channels);
      }
    }
  }
}
