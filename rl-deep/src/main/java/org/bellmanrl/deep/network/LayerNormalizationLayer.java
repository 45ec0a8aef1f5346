package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * {@link LayerNormalization} in its place: over the channels of each pixel, of which a vector is
 * one. Sums run over four partial sums in a fixed order.
 */
final class LayerNormalizationLayer extends Layer {
  private final LayerNormalization spec;
  private final @Nullable ParameterBlock scale;
  private final @Nullable ParameterBlock bias;

  LayerNormalizationLayer(LayerNormalization spec, Extent in, Blocks blocks) {
    super(in);
    this.spec = spec;
    this.scale = spec.learned() ? blocks.block("scale", 1, in.channels()) : null;
    this.bias = spec.learned() ? blocks.block("bias", 1, in.channels()) : null;
  }

  @Override
  boolean hasParameters() {
    return spec.learned();
  }

  @Override
  String inner() {
    return spec.learned() ? "" : "[plain]";
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    if (scale != null) {
      scale.fill(parameters, 1f);
    }
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Activator activator;
    private final int units = output().channels();
    private final int positions = output().positions();

    /** Normalised values, in the layout of the outgoing signal. */
    private final float[] normalised;

    private final float[] inverseDeviation;
    private final float[] unusedSums;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      this.activator = new Activator(kernel, spec.activation(), out);
      this.normalised = new float[out.values.length];
      this.inverseDeviation = new float[maxRows * positions];
      this.unusedSums = new float[out.stride];
    }

    @Override
    void forward(float[] parameters, int rows) {
      int pixels = rows * positions;
      boolean rectify = activator.rectifies();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * in.stride;
        int to = pixel * out.stride;
        float mean = sum(in.values, from) / units;
        for (int i = 0; i < units; i++) {
          normalised[to + i] = in.values[from + i] - mean;
        }
        float variance = UnitVectors.dot(units, normalised, to, normalised, to) / units;
        float inverse = 1f / (float) Math.sqrt(variance + (float) spec.epsilon());
        inverseDeviation[pixel] = inverse;
        for (int i = 0; i < units; i++) {
          float value = normalised[to + i] * inverse;
          normalised[to + i] = value;
          float sum =
              scale == null || bias == null
                  ? value
                  : Math.fma(value, parameters[scale.offset() + i], parameters[bias.offset() + i]);
          activator.sums[to + i] = rectify ? Math.max(sum, 0f) : sum;
        }
      }
      activator.finish(pixels * out.stride);
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      int pixels = rows * positions;
      if (into != null && bias != null) {
        activator.gradient(pixels, into, bias.offset());
      } else {
        activator.gradient(pixels, unusedSums, 0);
      }
      float[] gradients = out.gradients();
      if (into != null && scale != null) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          int at = pixel * out.stride;
          for (int i = 0; i < units; i++) {
            int index = scale.offset() + i;
            into[index] = Math.fma(gradients[at + i], normalised[at + i], into[index]);
          }
        }
      }
      if (in.hasGradients()) {
        inputGradients(parameters, gradients, pixels);
      }
    }

    private void inputGradients(float[] parameters, float[] gradients, int pixels) {
      float[] inputGradients = in.gradients();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * out.stride;
        int to = pixel * in.gradientStride;
        for (int i = 0; scale != null && i < units; i++) {
          gradients[from + i] *= parameters[scale.offset() + i];
        }
        float mean = sum(gradients, from) / units;
        float slope = UnitVectors.dot(units, gradients, from, normalised, from) / units;
        for (int i = 0; i < units; i++) {
          float centred = gradients[from + i] - mean;
          inputGradients[to + i] =
              inverseDeviation[pixel] * Math.fma(-slope, normalised[from + i], centred);
        }
      }
    }

    private float sum(float[] x, int at) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      int i = 0;
      for (; i + 4 <= units; i += 4) {
        s0 += x[at + i];
        s1 += x[at + i + 1];
        s2 += x[at + i + 2];
        s3 += x[at + i + 3];
      }
      for (; i < units; i++) {
        s0 += x[at + i];
      }
      return (s0 + s1) + (s2 + s3);
    }
  }
}
