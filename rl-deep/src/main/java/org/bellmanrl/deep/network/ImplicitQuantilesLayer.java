package org.bellmanrl.deep.network;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * {@link ImplicitQuantiles} in its place. The layers inside see a row for each fraction of a row.
 */
final class ImplicitQuantilesLayer extends Layer {
  private final ImplicitQuantiles spec;
  private final int features;
  private final int fractions;
  private final ParameterBlock weights;
  private final ParameterBlock bias;
  private final Stack stack;
  private final int actions;

  ImplicitQuantilesLayer(ImplicitQuantiles spec, Extent in, Blocks blocks) {
    int features = in.channels();
    ParameterBlock weights = blocks.block("weights", spec.cosines(), features);
    ParameterBlock bias = blocks.block("bias", 1, features);
    Stack stack = new Stack(spec.layers(), in, blocks, "");
    if (stack.stateSize() > 0) {
      throw new IllegalArgumentException(
          "layers that see a row per quantile must not be recurrent, had %s: put recurrent ones before"
              .formatted(spec.layers()));
    }
    int actions = stack.output().channels();
    int groups = spec.drawn() ? actions + 1 : actions;
    super(Extent.vector(Math.multiplyExact(groups, spec.fractions())));
    this.spec = spec;
    this.features = features;
    this.fractions = spec.fractions();
    this.weights = weights;
    this.bias = bias;
    this.stack = stack;
    this.actions = actions;
  }

  @Override
  int largest() {
    return Math.max(output().size(), Math.multiplyExact(fractions, stack.largest()));
  }

  @Override
  String inner() {
    return "[" + stack.describe() + "]";
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    Initialiser.draw(
        new Initialisation.FanIn(), parameters, weights, bias, spec.cosines(), features, random);
    stack.initialise(parameters, random);
  }

  @Override
  void project(float[] parameters) {
    stack.project(parameters);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  /** Writes the cosines of a fraction, by the recurrence of Chebyshev. */
  static void cosines(double fraction, int count, float[] into, int at) {
    double first = cosineOfPi(fraction);
    double before = first;
    double cosine = 1;
    for (int i = 0; i < count; i++) {
      into[at + i] = (float) cosine;
      double next = 2 * first * cosine - before;
      before = cosine;
      cosine = next;
    }
  }

  /**
   * Returns cos(πx) of x in [0, 1]. StrictMath, which has the same bits everywhere, allocates
   * arrays for angles above π/4; there are none here.
   */
  private static double cosineOfPi(double x) {
    double toMiddle = 0.5 - x;
    if (Math.abs(toMiddle) <= 0.25) {
      return StrictMath.sin(Math.PI * toMiddle);
    }
    return toMiddle > 0 ? StrictMath.cos(Math.PI * x) : -StrictMath.cos(Math.PI * (1 - x));
  }

  private final class Pass extends LayerPass {
    /** τ: by row and place if they are drawn, else the same for all rows. As are these two. */
    private final float[] taus;

    private final Signal cosines;
    private final Signal embedding;
    private final DenseProduct product;
    private final Activator activator;

    /** f, on x ⊙ φ(τ). */
    private final Stack.Pass head;

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      int all = Math.multiplyExact(maxRows, fractions);
      int different = spec.drawn() ? all : fractions;
      boolean backward = out.hasGradients();
      Extent extent = Extent.vector(features);
      this.taus = new float[different];
      this.cosines = Signal.padded(Extent.vector(spec.cosines()), different, false);
      this.embedding = Signal.padded(extent, different, backward);
      this.product = new DenseProduct(kernel, cosines, embedding);
      this.activator = new Activator(kernel, Activation.RELU, embedding);
      this.head = stack.pass(kernel, Signal.padded(extent, all, backward), all, backward);
      useMidpoints();
    }

    private void useMidpoints() {
      for (int i = 0; i < taus.length; i++) {
        take(i, (i % fractions + 0.5) / fractions);
      }
    }

    private void take(int i, double share) {
      double tau = spec.level() * share;
      taus[i] = (float) tau;
      cosines(tau, spec.cosines(), cosines.values, i * cosines.stride);
    }

    @Override
    void sampleNoise(RandomStream random) {
      if (spec.drawn()) {
        for (int i = 0; i < taus.length; i++) {
          take(i, random.random());
        }
      }
      head.sampleNoise(random);
    }

    @Override
    void clearNoise() {
      useMidpoints();
      head.clearNoise();
    }

    @Override
    void batchStatistics(boolean use) {
      head.batchStatistics(use);
    }

    /** Returns the number of different fractions of a number of rows. */
    private int different(int rows) {
      return spec.drawn() ? rows * fractions : fractions;
    }

    /** Where φ of a fraction of a row begins. */
    private int embedded(int row, int i) {
      return (spec.drawn() ? row * fractions + i : i) * embedding.stride;
    }

    @Override
    void forward(float[] parameters, int rows) {
      product.forward(
          parameters, weights.offset(), parameters, bias.offset(), activator, different(rows));
      for (int row = 0; row < rows; row++) {
        int from = row * in.stride;
        for (int i = 0; i < fractions; i++) {
          int by = embedded(row, i);
          int to = (row * fractions + i) * head.in.stride;
          for (int j = 0; j < features; j++) {
            head.in.values[to + j] = in.values[from + j] * embedding.values[by + j];
          }
        }
      }
      head.forward(parameters, rows * fractions);
      for (int row = 0; row < rows; row++) {
        int to = row * out.stride;
        for (int i = 0; i < fractions; i++) {
          int from = (row * fractions + i) * head.out.stride;
          for (int a = 0; a < actions; a++) {
            out.values[to + a * fractions + i] = head.out.values[from + a];
          }
          if (spec.drawn()) {
            out.values[to + actions * fractions + i] = taus[row * fractions + i];
          }
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      for (int row = 0; row < rows; row++) {
        int from = row * out.stride;
        for (int i = 0; i < fractions; i++) {
          int to = (row * fractions + i) * head.out.stride;
          for (int a = 0; a < actions; a++) {
            head.out.gradients()[to + a] = out.gradients()[from + a * fractions + i];
          }
        }
      }
      head.backward(parameters, into, rows * fractions);
      if (in.hasGradients()) {
        inputGradients(rows);
      }
      if (into != null) {
        embeddingGradients(rows);
        activator.gradient(different(rows), into, bias.offset());
        product.weightGradients(into, weights.offset(), different(rows));
      }
    }

    private void inputGradients(int rows) {
      float[] gradients = in.gradients();
      Arrays.fill(gradients, 0, rows * in.gradientStride, 0f);
      for (int row = 0; row < rows; row++) {
        int to = row * in.gradientStride;
        for (int i = 0; i < fractions; i++) {
          int by = embedded(row, i);
          int from = (row * fractions + i) * head.in.stride;
          for (int j = 0; j < features; j++) {
            gradients[to + j] =
                Math.fma(
                    head.in.gradients()[from + j], embedding.values[by + j], gradients[to + j]);
          }
        }
      }
    }

    private void embeddingGradients(int rows) {
      float[] gradients = embedding.gradients();
      Arrays.fill(gradients, 0, different(rows) * embedding.stride, 0f);
      for (int row = 0; row < rows; row++) {
        int by = row * in.stride;
        for (int i = 0; i < fractions; i++) {
          int to = embedded(row, i);
          int from = (row * fractions + i) * head.in.stride;
          for (int j = 0; j < features; j++) {
            gradients[to + j] =
                Math.fma(head.in.gradients()[from + j], in.values[by + j], gradients[to + j]);
          }
        }
      }
    }
  }
}
