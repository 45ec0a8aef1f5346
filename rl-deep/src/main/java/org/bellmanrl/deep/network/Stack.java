package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** Layers one behind the other inside of another layer, in their place. Immutable. */
final class Stack {
  private final Extent input;
  private final List<Layer> layers;
  private final Extent output;

  /**
   * Lays out layers.
   *
   * @param in what enters the first
   * @param prefix of the names of their parameters, before their place in the stack
   */
  Stack(List<LayerSpec> specs, Extent in, Blocks blocks, String prefix) {
    String outer = blocks.inner();
    List<Layer> made = new ArrayList<>();
    Extent extent = in;
    for (int i = 0; i < specs.size(); i++) {
      blocks.startInner(outer + prefix + i + "/");
      Layer layer = Topology.layer(specs.get(i), extent, blocks);
      made.add(layer);
      extent = layer.output();
    }
    blocks.startInner(outer);
    this.input = in;
    this.layers = List.copyOf(made);
    this.output = extent;
  }

  Extent input() {
    return input;
  }

  Extent output() {
    return output;
  }

  /** The most numbers that enter or leave any of the layers. */
  int largest() {
    return layers.stream().mapToInt(Layer::largest).reduce(input.size(), Math::max);
  }

  /** Numbers that recurrent layers carry from step to step of a sequence. */
  int stateSize() {
    return layers.stream().mapToInt(Layer::stateSize).reduce(0, Math::addExact);
  }

  /** As {@link Topology#describe} has it for the outer layers. */
  String describe() {
    StringBuilder text = new StringBuilder(input.toString());
    for (Layer layer : layers) {
      text.append(" -> ").append(layer.inner()).append(layer.output());
    }
    return text.toString();
  }

  boolean hasParameters() {
    return layers.stream().anyMatch(Layer::hasParameters);
  }

  void initialise(float[] parameters, RandomStream random) {
    layers.forEach(layer -> layer.initialise(parameters, random));
  }

  void project(float[] parameters) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).project(parameters);
    }
  }

  /**
   * Binds the layers to buffers of a workspace.
   *
   * @param first what enters
   * @param backward whether gradients are wanted
   */
  Pass pass(Kernel kernel, Signal first, int maxRows, boolean backward) {
    return new Pass(kernel, first, maxRows, backward);
  }

  final class Pass extends LayerPass {
    private final LayerPass[] passes;

    Pass(Kernel kernel, Signal first, int maxRows, boolean backward) {
      LayerPass[] passes = new LayerPass[layers.size()];
      Signal signal = first;
      for (int i = 0; i < passes.length; i++) {
        Layer layer = layers.get(i);
        boolean learns = layer.learnsFrom(signal) || i == passes.length - 1;
        Signal next = Signal.padded(layer.output(), maxRows, backward && learns);
        passes[i] = layer.pass(kernel, signal, next, maxRows);
        signal = next;
      }
      super(first, signal);
      this.passes = passes;
    }

    @Override
    void forward(float[] parameters, int rows) {
      for (LayerPass pass : passes) {
        pass.forward(parameters, rows);
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      for (int i = passes.length - 1; i >= 0; i--) {
        passes[i].backward(parameters, into, rows);
      }
    }

    @Override
    void remember(Recurrence recurrence, int at) {
      int stateAt = at;
      for (int i = 0; i < passes.length; i++) {
        passes[i].remember(recurrence, stateAt);
        stateAt += layers.get(i).stateSize();
      }
    }

    @Override
    void sampleNoise(RandomStream random) {
      for (LayerPass pass : passes) {
        pass.sampleNoise(random);
      }
    }

    @Override
    void batchStatistics(boolean use) {
      for (LayerPass pass : passes) {
        pass.batchStatistics(use);
      }
    }

    @Override
    void clearNoise() {
      for (LayerPass pass : passes) {
        pass.clearNoise();
      }
    }
  }
}
