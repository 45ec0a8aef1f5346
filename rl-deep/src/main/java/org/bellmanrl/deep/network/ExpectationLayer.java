package org.bellmanrl.deep.network;

import org.bellmanrl.deep.internal.Categories;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Expectation} in its place. */
final class ExpectationLayer extends Layer {
  private final Expectation spec;
  private final int atoms;

  ExpectationLayer(Expectation spec, Extent in) {
    super(Extent.vector(spec.actions()));
    this.spec = spec;
    this.atoms = in.channels() / spec.actions();
    if (atoms * spec.actions() != in.channels() || (spec.softmax() && atoms < 2)) {
      throw new IllegalArgumentException(
          "the distributions of %d actions need as many outputs each, %s, had %d in all"
              .formatted(spec.actions(), spec.softmax() ? "at least 2" : "", in.channels()));
    }
  }

  @Override
  boolean hasParameters() {
    return false;
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(in, out);
  }

  private final class Pass extends LayerPass {
    private final Categories categories = new Categories(atoms, spec.low(), spec.high());

    Pass(Signal in, Signal out) {
      super(in, out);
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int row = 0; row < rows; row++) {
        for (int a = 0; a < spec.actions(); a++) {
          int at = row * in.stride + a * atoms;
          out.values[row * out.stride + a] = spec.softmax() ? categorical(at) : mean(at);
        }
      }
    }

    private float mean(int at) {
      float sum = 0;
      for (int i = 0; i < atoms; i++) {
        sum += in.values[at + i];
      }
      return sum / atoms;
    }

    /** Fills the probabilities, and returns their mean return. */
    private float categorical(int at) {
      categories.softmax(in.values, at);
      return (float) categories.mean();
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (!in.hasGradients()) {
        return;
      }
      for (int row = 0; row < rows; row++) {
        for (int a = 0; a < spec.actions(); a++) {
          float gradient = out.gradients()[row * out.stride + a];
          int from = row * in.stride + a * atoms;
          int to = row * in.gradientStride + a * atoms;
          double mean = spec.softmax() ? categorical(from) : 0;
          for (int i = 0; i < atoms; i++) {
            double slope =
                spec.softmax()
                    ? categories.probabilities[i] * (categories.atom(i) - mean)
                    : 1.0 / atoms;
            in.gradients()[to + i] = (float) (gradient * slope);
          }
        }
      }
    }
  }
}
