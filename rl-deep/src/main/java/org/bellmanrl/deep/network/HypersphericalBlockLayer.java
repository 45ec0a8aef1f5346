package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link HypersphericalBlock} in its place. */
final class HypersphericalBlockLayer extends Layer {
  private final HypersphericalBlock spec;
  private final int units;
  private final int width;
  private final ParameterBlock wider;
  private final ParameterBlock scale;
  private final ParameterBlock narrower;
  private final ParameterBlock alpha;

  HypersphericalBlockLayer(HypersphericalBlock spec, Extent in, Blocks blocks) {
    super(Extent.vector(spec.units()));
    this.spec = spec;
    this.units = spec.units();
    this.width = Math.multiplyExact(spec.expansion(), units);
    if (in.channels() != units) {
      throw new IllegalArgumentException(
          "a hyperspherical block of %d units needs as many inputs, had %d: put hyper-embedding %d before it"
              .formatted(units, in.channels(), units));
    }
    this.wider = blocks.block("wider_weights", units, width);
    this.scale = blocks.block("scale", 1, width);
    this.narrower = blocks.block("narrower_weights", width, units);
    this.alpha = blocks.block("alpha", 1, units);
  }

  @Override
  int largest() {
    return width;
  }

  /** The width between. */
  @Override
  String inner() {
    return "[" + width + "]";
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    UnitVectors.initialise(parameters, wider, random);
    scale.fill(parameters, (float) Math.sqrt(2.0 / width));
    UnitVectors.initialise(parameters, narrower, random);
    alpha.fill(parameters, (float) (1 / Math.sqrt(units)));
  }

  @Override
  void project(float[] parameters) {
    UnitVectors.project(parameters, wider);
    UnitVectors.project(parameters, narrower);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    /** z. */
    private final Signal suggested;

    private final ScaledProduct up;
    private final DenseProduct down;
    private final Activator none;
    private final float[] zeros;

    /** Per row, 1 / length of what became z, and of what became y. */
    private final float[] inverseSuggested;

    private final float[] inverse;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      Signal between = Signal.padded(Extent.vector(width), maxRows, out.hasGradients());
      this.suggested = Signal.padded(output(), maxRows, out.hasGradients());
      this.up = new ScaledProduct(kernel, wider, scale, in, between, spec.activation(), maxRows);
      this.down = new DenseProduct(kernel, between, suggested);
      this.none = new Activator(kernel, Activation.NONE, suggested);
      this.zeros = new float[suggested.stride];
      this.inverseSuggested = new float[maxRows];
      this.inverse = new float[maxRows];
    }

    @Override
    void forward(float[] parameters, int rows) {
      up.forward(parameters, rows);
      down.forward(parameters, narrower.offset(), zeros, 0, none, rows);
      float factor = spec.alphaScale();
      for (int row = 0; row < rows; row++) {
        int x = row * in.stride;
        int y = row * out.stride;
        inverseSuggested[row] = UnitVectors.normalise(units, suggested.values, y);
        for (int i = 0; i < units; i++) {
          float step = factor * parameters[alpha.offset() + i];
          float before = in.values[x + i];
          out.values[y + i] = Math.fma(step, suggested.values[y + i] - before, before);
        }
        inverse[row] = UnitVectors.normalise(units, out.values, y);
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      float factor = spec.alphaScale();
      float[] gradients = out.gradients();
      for (int row = 0; row < rows; row++) {
        int x = row * in.stride;
        int y = row * out.stride;
        UnitVectors.gradient(units, out.values, y, inverse[row], gradients, y);
        for (int i = 0; i < units; i++) {
          int index = alpha.offset() + i;
          float gradient = gradients[y + i];
          if (into != null) {
            float way = suggested.values[y + i] - in.values[x + i];
            into[index] = Math.fma(factor * gradient, way, into[index]);
          }
          suggested.gradients()[y + i] = gradient * (factor * parameters[index]);
        }
        UnitVectors.gradient(
            units, suggested.values, y, inverseSuggested[row], suggested.gradients(), y);
      }
      if (into != null) {
        down.weightGradients(into, narrower.offset(), rows);
      }
      down.inputGradients(parameters, narrower.offset(), rows);
      up.backward(parameters, into, rows);
      for (int row = 0; in.hasGradients() && row < rows; row++) {
        for (int i = 0; i < units; i++) {
          float step = factor * parameters[alpha.offset() + i];
          int at = row * in.gradientStride + i;
          in.gradients()[at] =
              Math.fma(1 - step, gradients[row * out.stride + i], in.gradients()[at]);
        }
      }
    }
  }
}
