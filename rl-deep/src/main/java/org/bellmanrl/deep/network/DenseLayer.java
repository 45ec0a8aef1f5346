package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
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
    private final DenseProduct product;
    private final Activator activator;
    private final float[] unusedSums;

    /** What is not zero among many inputs. */
    private final @Nullable SparseRows sparse;

    /** The same if the batch is mostly zeros; else null. */
    private @Nullable SparseRows mostlyZero;

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
      if (into == null) {
        activator.gradient(rows, unusedSums, 0);
      } else {
        activator.gradient(rows, into, bias.offset());
        if (mostlyZero != null) {
          mostlyZero.weightGradients(into, weights.offset(), rows);
        } else {
          product.weightGradients(into, weights.offset(), rows);
        }
      }
      product.inputGradients(parameters, weights.offset(), rows);
    }
  }
}
