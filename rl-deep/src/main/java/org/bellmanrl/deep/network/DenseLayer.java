package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.bellmanrl.deep.internal.parallel.ParallelParts;
import org.jspecify.annotations.Nullable;

/** {@link Dense} in its place. */
final class DenseLayer extends Layer {
  private final Dense spec;
  private final int inputs;
  private final ParameterBlock weights;
  private final ParameterBlock bias;

  DenseLayer(Dense spec, Extent in, Blocks blocks) {
    super(Extent.vector(spec.units()));
    this.spec = spec;
    this.inputs = in.channels();
    this.weights = blocks.block("weights", inputs, spec.units());
    this.bias = blocks.block("bias", 1, spec.units());
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    Initialiser.draw(
        spec.initialisation(), parameters, weights, bias, inputs, spec.units(), random);
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out);
  }

  private final class Pass extends LayerPass {
    /** Multiply-adds of both gradients that may be worth a second thread. */
    private static final long LEAST_WORK = 2_000_000;

    private final DenseProduct product;
    private final Activator activator;
    private final float[] unusedSums;

    /** What is not zero among many inputs. */
    private final @Nullable SparseRows sparse;

    /** The same if the batch is mostly zeros; else null. */
    private @Nullable SparseRows mostlyZero;

    private final ParallelParts backward = new ParallelParts(LEAST_WORK);
    private final Runnable weightGradients = this::weightGradients;
    private final Runnable inputGradients = this::inputGradients;

    // Of the pass that is under way.
    private float[] parameters = {};
    private float[] into = {};
    private int rows;

    Pass(Kernel kernel, Signal in, Signal out) {
      super(in, out);
      this.product = new DenseProduct(kernel, in, out);
      this.activator = new Activator(kernel, spec.activation(), out);
      this.unusedSums = new float[out.stride];
      this.sparse = SparseRows.of(kernel, in, out);
    }

    @Override
    void forward(float[] parameters, int rows) {
      SparseRows rare = sparse != null && sparse.list(rows) ? sparse : null;
      mostlyZero = rare;
      if (rare != null) {
        rare.forward(parameters, weights.offset(), bias.offset(), activator, rows);
      } else {
        product.forward(parameters, weights.offset(), parameters, bias.offset(), activator, rows);
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      this.parameters = parameters;
      this.rows = rows;
      if (into == null) {
        activator.gradient(rows, unusedSums, 0);
        inputGradients();
        return;
      }
      this.into = into;
      activator.gradient(rows, into, bias.offset());
      if (in.hasGradients()) {
        backward.both(weightGradients, inputGradients, 2L * rows * weights.size());
      } else {
        weightGradients();
      }
    }

    private void weightGradients() {
      if (mostlyZero != null) {
        mostlyZero.weightGradients(into, weights.offset(), rows);
      } else {
        product.weightGradients(into, weights.offset(), rows);
      }
    }

    private void inputGradients() {
      product.inputGradients(parameters, weights.offset(), rows);
    }
  }
}
