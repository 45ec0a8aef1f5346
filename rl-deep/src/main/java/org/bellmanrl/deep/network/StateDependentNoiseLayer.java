package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link StateDependentNoise} in its place. */
final class StateDependentNoiseLayer extends Layer {
  private final StateDependentNoise spec;
  private final int features;
  private final int size;
  private final ParameterBlock logDeviations;

  StateDependentNoiseLayer(StateDependentNoise spec, Extent in, Blocks blocks) {
    super(Extent.vector(Math.multiplyExact(2, spec.size())));
    this.spec = spec;
    this.features = in.channels();
    this.size = spec.size();
    this.logDeviations = blocks.block(StateDependentNoise.LOG_DEVIATIONS, features, size);
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    logDeviations.fill(parameters, (float) spec.logDeviation());
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out);
  }

  private final class Pass extends LayerPass {
    // By feature and element.
    private final double[] epsilon = new double[Math.multiplyExact(features, size)];
    private final float[] variance = new float[epsilon.length];
    private final float[] noise = new float[epsilon.length];

    Pass(Signal in, Signal out) {
      super(in, out);
    }

    @Override
    void sampleNoise(RandomStream random) {
      random.fillStandardNormal(epsilon, 0, epsilon.length);
    }

    @Override
    void clearNoise() {
      Arrays.fill(epsilon, 0);
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int k = 0; k < features; k++) {
        for (int d = 0; d < size; d++) {
          double deviation = ExactMath.exp(parameters[logDeviations.index(k, d)]);
          variance[k * size + d] = (float) (deviation * deviation);
          noise[k * size + d] = (float) (deviation * epsilon[k * size + d]);
        }
      }
      for (int row = 0; row < rows; row++) {
        int from = row * in.stride;
        int to = row * out.stride;
        for (int d = 0; d < size; d++) {
          out.values[to + d] = StateDependentNoise.LEAST_VARIANCE;
          out.values[to + size + d] = 0;
        }
        for (int k = 0; k < features; k++) {
          float h = in.values[from + k];
          for (int d = 0; d < size; d++) {
            int e = k * size + d;
            out.values[to + d] = Math.fma(h * h, variance[e], out.values[to + d]);
            out.values[to + size + d] = Math.fma(h, noise[e], out.values[to + size + d]);
          }
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      float[] gradients = out.gradients();
      for (int row = 0; row < rows; row++) {
        int from = row * in.stride;
        int at = row * out.stride;
        for (int k = 0; k < features; k++) {
          float h = in.values[from + k];
          float slope = 0;
          for (int d = 0; d < size; d++) {
            int e = k * size + d;
            float byVariance = 2 * h * variance[e] * gradients[at + d];
            float byNoise = noise[e] * gradients[at + size + d];
            slope += byVariance + byNoise;
            if (into != null) {
              into[logDeviations.index(k, d)] += h * (byVariance + byNoise);
            }
          }
          if (in.hasGradients()) {
            in.gradients()[row * in.gradientStride + k] = spec.learnsFeatures() ? slope : 0;
          }
        }
      }
    }
  }
}
