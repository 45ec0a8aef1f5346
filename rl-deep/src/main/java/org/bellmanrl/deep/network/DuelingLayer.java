package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Dueling} in its place: two stacks of dense layers on one input, and their sum. */
final class DuelingLayer implements Layer {
  private final int actions;
  private final List<DenseLayer> value;
  private final List<DenseLayer> advantage;

  DuelingLayer(Dueling spec, Extent in, Blocks blocks) {
    this.actions = spec.actions();
    this.value = stream(spec, 1, in, blocks, "value-");
    this.advantage = stream(spec, actions, in, blocks, "advantage-");
  }

  private static List<DenseLayer> stream(
      Dueling spec, int outputs, Extent in, Blocks blocks, String prefix) {
    List<DenseLayer> layers = new ArrayList<>();
    Extent extent = in;
    if (spec.hidden() > 0) {
      Dense hidden = new Dense(spec.hidden(), spec.activation(), spec.initialisation());
      layers.add(new DenseLayer(hidden, in, blocks, prefix + "hidden-"));
      extent = Extent.vector(spec.hidden());
    }
    Dense last = new Dense(outputs, Activation.NONE, spec.initialisation());
    layers.add(new DenseLayer(last, extent, blocks, prefix));
    return List.copyOf(layers);
  }

  @Override
  public Extent output() {
    return Extent.vector(actions);
  }

  @Override
  public List<ParameterBlock> blocks() {
    List<ParameterBlock> blocks = new ArrayList<>();
    value.forEach(layer -> blocks.addAll(layer.blocks()));
    advantage.forEach(layer -> blocks.addAll(layer.blocks()));
    return blocks;
  }

  @Override
  public void initialise(float[] parameters, RandomStream random) {
    value.forEach(layer -> layer.initialise(parameters, random));
    advantage.forEach(layer -> layer.initialise(parameters, random));
  }

  @Override
  public LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Signal out;
    private final Signal valueOut;
    private final Signal advantageOut;
    private final List<LayerPass> valuePasses = new ArrayList<>();
    private final List<LayerPass> advantagePasses = new ArrayList<>();

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      this.out = out;
      this.valueOut = stack(value, valuePasses, kernel, in, out.hasGradients(), false, maxRows);
      this.advantageOut =
          stack(advantage, advantagePasses, kernel, in, out.hasGradients(), true, maxRows);
    }

    private static Signal stack(
        List<DenseLayer> layers,
        List<LayerPass> passes,
        Kernel kernel,
        Signal in,
        boolean withGradients,
        boolean addingToInput,
        int maxRows) {
      Signal signal = in;
      for (DenseLayer layer : layers) {
        Signal next = Signal.padded(layer.output(), maxRows, withGradients);
        boolean adding = addingToInput && passes.isEmpty();
        passes.add(
            adding
                ? layer.addingPass(kernel, signal, next)
                : layer.pass(kernel, signal, next, maxRows));
        signal = next;
      }
      return signal;
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (int i = 0; i < valuePasses.size(); i++) {
        valuePasses.get(i).forward(parameters, rows);
        advantagePasses.get(i).forward(parameters, rows);
      }
      for (int row = 0; row < rows; row++) {
        int at = row * out.stride;
        float sum = 0;
        for (int a = 0; a < actions; a++) {
          sum += advantageOut.values[at + a];
        }
        float base = valueOut.values[row * valueOut.stride] - sum / actions;
        for (int a = 0; a < actions; a++) {
          out.values[at + a] = base + advantageOut.values[at + a];
        }
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      float[] gradients = out.gradients();
      for (int row = 0; row < rows; row++) {
        int at = row * out.stride;
        float sum = 0;
        for (int a = 0; a < actions; a++) {
          sum += gradients[at + a];
        }
        valueOut.gradients()[row * valueOut.stride] = sum;
        float mean = sum / actions;
        for (int a = 0; a < actions; a++) {
          advantageOut.gradients()[at + a] = gradients[at + a] - mean;
        }
      }
      // The value stream first: it writes the gradients of the input, the other adds to them.
      for (int i = valuePasses.size() - 1; i >= 0; i--) {
        valuePasses.get(i).backward(parameters, into, rows);
      }
      for (int i = advantagePasses.size() - 1; i >= 0; i--) {
        advantagePasses.get(i).backward(parameters, into, rows);
      }
    }
  }
}
