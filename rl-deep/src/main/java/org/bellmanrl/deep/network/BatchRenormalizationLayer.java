package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchRenormalization} in its place: over all pixels of a batch, of which a vector is one.
 * Sums over the batch run pixel after pixel.
 */
final class BatchRenormalizationLayer extends Layer {
  private final BatchRenormalization spec;
  private final ParameterBlock scale;
  private final ParameterBlock bias;
  private final ParameterBlock mean;
  private final ParameterBlock variance;
  private final ParameterBlock passes;

  BatchRenormalizationLayer(BatchRenormalization spec, Extent in, Blocks blocks) {
    super(in);
    this.spec = spec;
    this.scale = blocks.block("scale", 1, in.channels());
    this.bias = blocks.block("bias", 1, in.channels());
    this.mean = blocks.block("mean", 1, in.channels());
    this.variance = blocks.block("variance", 1, in.channels());
    this.passes = blocks.block("passes", 1, 1);
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    scale.fill(parameters, 1f);
    variance.fill(parameters, 1f);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out);
  }

  private final class Pass extends LayerPass {
    private final Activator activator;
    private final int units = output().channels();

    /** x̂, in the layout of the outgoing signal. */
    private final float[] normalised;

    /** Of each unit: 1 / σ_B, r and d; without batch statistics 1 / σ, 1 and 0. */
    private final float[] inverse = new float[units];

    private final float[] r = new float[units];
    private final float[] d = new float[units];

    /** Sums over the batch. */
    private final float[] first = new float[units];

    private final float[] second = new float[units];
    private final float[] unusedSums;
    private boolean batchStatistics;

    Pass(Kernel kernel, Signal in, Signal out) {
      super(in, out);
      this.activator = new Activator(kernel, spec.activation(), out);
      this.normalised = new float[out.values.length];
      this.unusedSums = new float[out.stride];
    }

    @Override
    void batchStatistics(boolean use) {
      batchStatistics = use;
    }

    @Override
    void forward(float[] parameters, int rows) {
      int pixels = rows * output().positions();
      if (batchStatistics) {
        normaliseByBatch(parameters, pixels);
      } else {
        normaliseByRunningStatistics(parameters, pixels);
      }
      boolean rectify = activator.rectifies();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int to = pixel * out.stride;
        for (int i = 0; i < units; i++) {
          float sum =
              Math.fma(
                  normalised[to + i],
                  parameters[scale.offset() + i],
                  parameters[bias.offset() + i]);
          activator.sums[to + i] = rectify ? Math.max(sum, 0f) : sum;
        }
      }
      activator.finish(pixels * out.stride);
    }

    private void normaliseByRunningStatistics(float[] parameters, int pixels) {
      for (int i = 0; i < units; i++) {
        inverse[i] = 1f / deviation(parameters[variance.offset() + i]);
        r[i] = 1f;
        d[i] = 0f;
      }
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * in.stride;
        int to = pixel * out.stride;
        for (int i = 0; i < units; i++) {
          normalised[to + i] = (in.values[from + i] - parameters[mean.offset() + i]) * inverse[i];
        }
      }
    }

    private void normaliseByBatch(float[] parameters, int pixels) {
      float[] batchMean = first;
      float[] batchVariance = second;
      Arrays.fill(batchMean, 0f);
      Arrays.fill(batchVariance, 0f);
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * in.stride;
        for (int i = 0; i < units; i++) {
          batchMean[i] += in.values[from + i];
        }
      }
      for (int i = 0; i < units; i++) {
        batchMean[i] /= pixels;
      }
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * in.stride;
        int to = pixel * out.stride;
        for (int i = 0; i < units; i++) {
          float centred = in.values[from + i] - batchMean[i];
          normalised[to + i] = centred;
          batchVariance[i] = Math.fma(centred, centred, batchVariance[i]);
        }
      }
      for (int i = 0; i < units; i++) {
        batchVariance[i] /= pixels;
      }
      correct(parameters);
      for (int pixel = 0; pixel < pixels; pixel++) {
        int to = pixel * out.stride;
        for (int i = 0; i < units; i++) {
          normalised[to + i] = Math.fma(normalised[to + i] * inverse[i], r[i], d[i]);
        }
      }
    }

    /** Finds r and d by the running statistics, and lets these follow the batch. */
    private void correct(float[] parameters) {
      boolean warm = parameters[passes.offset()] >= spec.warmUp();
      float momentum = (float) spec.momentum();
      for (int i = 0; i < units; i++) {
        int meanAt = mean.offset() + i;
        int varianceAt = variance.offset() + i;
        float batchDeviation = deviation(second[i]);
        float running = deviation(parameters[varianceAt]);
        inverse[i] = 1f / batchDeviation;
        r[i] =
            warm
                ? clip(
                    batchDeviation / running,
                    1f / BatchRenormalization.R_MAX,
                    BatchRenormalization.R_MAX)
                : 1f;
        d[i] =
            warm
                ? clip(
                    (first[i] - parameters[meanAt]) / running,
                    -BatchRenormalization.D_MAX,
                    BatchRenormalization.D_MAX)
                : 0f;
        parameters[meanAt] = Math.fma(momentum, first[i] - parameters[meanAt], parameters[meanAt]);
        parameters[varianceAt] =
            Math.fma(momentum, second[i] - parameters[varianceAt], parameters[varianceAt]);
      }
      parameters[passes.offset()] =
          Math.min(parameters[passes.offset()] + 1, BatchRenormalization.MOST_PASSES);
    }

    private float deviation(float ofVariance) {
      return (float) Math.sqrt(ofVariance + (float) spec.epsilon());
    }

    private static float clip(float x, float low, float high) {
      return Math.max(low, Math.min(high, x));
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      int pixels = rows * output().positions();
      activator.gradient(
          pixels, into == null ? unusedSums : into, into == null ? 0 : bias.offset());
      float[] gradients = out.gradients();
      if (into != null) {
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

    /**
     * With n = (x̂ − d) / r and g the gradient of x̂: r / σ_B (g − mean(g) − n · mean(g n));
     * without batch statistics g / σ.
     */
    private void inputGradients(float[] parameters, float[] gradients, int pixels) {
      Arrays.fill(first, 0f);
      Arrays.fill(second, 0f);
      if (batchStatistics) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          int from = pixel * out.stride;
          for (int i = 0; i < units; i++) {
            float n = (normalised[from + i] - d[i]) / r[i];
            first[i] += gradients[from + i];
            second[i] = Math.fma(gradients[from + i], n, second[i]);
          }
        }
        for (int i = 0; i < units; i++) {
          first[i] /= pixels;
          second[i] /= pixels;
        }
      }
      float[] inputGradients = in.gradients();
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = pixel * out.stride;
        int to = pixel * in.gradientStride;
        for (int i = 0; i < units; i++) {
          float n = (normalised[from + i] - d[i]) / r[i];
          float centred = Math.fma(-n, second[i], gradients[from + i] - first[i]);
          inputGradients[to + i] = parameters[scale.offset() + i] * (r[i] * inverse[i]) * centred;
        }
      }
    }
  }
}
