package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Dropout} in its place. */
final class DropoutLayer extends Layer {
  private final double rate;

  DropoutLayer(Dropout spec, Extent in) {
    super(in);
    this.rate = spec.rate();
  }

  @Override
  boolean hasParameters() {
    return false;
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final int units = output().channels();

    /** Which numbers are dropped, of all rows one after the other, in order. */
    private final int[] dropped;

    private int count;
    private float scale = 1;

    Pass(Signal in, Signal out, int maxRows) {
      super(in, out);
      this.dropped = new int[rate > 0 ? Math.multiplyExact(maxRows, units) : 0];
    }

    /** Draws how many numbers are kept between two that are dropped, geometrically distributed. */
    @Override
    void sampleNoise(RandomStream random) {
      if (rate == 0) {
        return;
      }
      double logKept = ExactMath.log(1 - rate);
      scale = (float) (1 / (1 - rate));
      count = 0;
      double at = kept(random, logKept);
      while (at < dropped.length) {
        dropped[count++] = (int) at;
        at += 1 + kept(random, logKept);
      }
    }

    private static double kept(RandomStream random, double logKept) {
      return Math.floor(ExactMath.log(1 - random.random()) / logKept);
    }

    @Override
    void clearNoise() {
      scale = 1;
      count = 0;
    }

    @Override
    void forward(float[] parameters, int rows) {
      scale(in.values, in.stride, out.values, out.stride, rows);
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (in.hasGradients()) {
        scale(out.gradients(), out.stride, in.gradients(), in.gradientStride, rows);
      }
    }

    private void scale(float[] from, int fromStride, float[] to, int toStride, int rows) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < units; i++) {
          to[row * toStride + i] = scale * from[row * fromStride + i];
        }
      }
      for (int k = 0; k < count && dropped[k] < rows * units; k++) {
        to[dropped[k] / units * toStride + dropped[k] % units] = 0;
      }
    }
  }
}
