package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link HypersphericalEmbedding} in its place. */
final class HypersphericalEmbeddingLayer extends Layer {
  private final HypersphericalEmbedding spec;
  private final int inputs;
  private final int units;

  /** The last row is that of the constant. */
  private final ParameterBlock weights;

  private final ParameterBlock scale;

  HypersphericalEmbeddingLayer(HypersphericalEmbedding spec, Extent in, Blocks blocks) {
    super(Extent.vector(spec.units()));
    this.spec = spec;
    this.inputs = in.channels();
    this.units = spec.units();
    this.weights = blocks.block("weights", inputs + 1, units);
    this.scale = blocks.block("scale", 1, units);
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    UnitVectors.initialise(parameters, weights, random);
    scale.fill(parameters, (float) Math.sqrt(2.0 / units));
  }

  @Override
  void project(float[] parameters) {
    UnitVectors.project(parameters, weights);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Signal shifted;
    private final ScaledProduct product;

    /** Per row, 1 / length. */
    private final float[] inverse;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      this.shifted = Signal.padded(Extent.vector(inputs + 1), maxRows, in.hasGradients());
      this.product =
          new ScaledProduct(kernel, weights, scale, shifted, out, Activation.NONE, maxRows);
      this.inverse = new float[maxRows];
      for (int row = 0; row < maxRows; row++) {
        shifted.values[row * shifted.stride + inputs] = (float) spec.shift();
      }
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(in.values, row * in.stride, shifted.values, row * shifted.stride, inputs);
      }
      product.forward(parameters, rows);
      for (int row = 0; row < rows; row++) {
        inverse[row] = UnitVectors.normalise(units, out.values, row * out.stride);
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      for (int row = 0; row < rows; row++) {
        int at = row * out.stride;
        UnitVectors.gradient(units, out.values, at, inverse[row], out.gradients(), at);
      }
      product.backward(parameters, into, rows);
      for (int row = 0; in.hasGradients() && row < rows; row++) {
        System.arraycopy(
            shifted.gradients(),
            row * shifted.gradientStride,
            in.gradients(),
            row * in.gradientStride,
            inputs);
      }
    }
  }
}
