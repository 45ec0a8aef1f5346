package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Parallel} in its place. */
final class ParallelLayer implements Layer {
  private final List<Branch> branches = new ArrayList<>();
  private final Extent output;

  /** A branch in its place. */
  private record Branch(int from, Extent input, List<Layer> layers, Extent output) {}

  ParallelLayer(Parallel spec, Extent in, Blocks blocks) {
    int outputs = 0;
    for (int b = 0; b < spec.branches().size(); b++) {
      Parallel.Branch branch = spec.branches().get(b);
      Extent extent = branch.extent();
      if ((long) branch.from() + extent.size() > in.channels()) {
        throw new IllegalArgumentException(
            "branch %d takes %d numbers from %d on, but the vector has %d"
                .formatted(b, extent.size(), branch.from(), in.channels()));
      }
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < branch.layers().size(); i++) {
        blocks.startInner("%d/%d/".formatted(b, i));
        Layer layer = Topology.layer(branch.layers().get(i), extent, blocks);
        if (layer.stateSize() > 0) {
          throw new IllegalArgumentException(
              "branch %d must not hold recurrent layers, had %s: put them behind the branches"
                  .formatted(b, branch.layers().get(i)));
        }
        layers.add(layer);
        extent = layer.output();
      }
      if (!extent.isVector()) {
        throw new IllegalArgumentException(
            "branch %d must end in a vector, leaves %s: add Flatten".formatted(b, extent));
      }
      branches.add(new Branch(branch.from(), branch.extent(), List.copyOf(layers), extent));
      outputs = Math.addExact(outputs, extent.channels());
    }
    blocks.startInner("");
    this.output = Extent.vector(outputs);
  }

  /** The most numbers that any layer inside leaves. */
  int largest() {
    int largest = output.size();
    for (Branch branch : branches) {
      largest = Math.max(largest, branch.input().size());
      for (Layer layer : branch.layers()) {
        largest = Math.max(largest, layer.output().size());
      }
    }
    return largest;
  }

  /** One text for all branches, as {@link Topology#describe} has one for all layers. */
  String describe() {
    StringBuilder text = new StringBuilder("[");
    for (Branch branch : branches) {
      text.append(text.length() == 1 ? "" : ", ").append(branch.input());
      for (Layer layer : branch.layers()) {
        text.append(" -> ").append(layer.output());
      }
    }
    return text.append(']').toString();
  }

  @Override
  public Extent output() {
    return output;
  }

  @Override
  public List<ParameterBlock> blocks() {
    List<ParameterBlock> blocks = new ArrayList<>();
    branches.forEach(branch -> branch.layers().forEach(layer -> blocks.addAll(layer.blocks())));
    return blocks;
  }

  @Override
  public void initialise(float[] parameters, RandomStream random) {
    branches.forEach(
        branch -> branch.layers().forEach(layer -> layer.initialise(parameters, random)));
  }

  @Override
  public LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Signal in;
    private final Signal out;
    private final Signal[] first = new Signal[branches.size()];
    private final Signal[] last = new Signal[branches.size()];
    private final LayerPass[][] passes = new LayerPass[branches.size()][];

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      this.in = in;
      this.out = out;
      for (int b = 0; b < passes.length; b++) {
        Branch branch = branches.get(b);
        boolean backward = out.hasGradients();
        first[b] = Signal.input(branch.input(), maxRows, backward && in.hasGradients());
        passes[b] = new LayerPass[branch.layers().size()];
        Signal signal = first[b];
        for (int i = 0; i < passes[b].length; i++) {
          Layer layer = branch.layers().get(i);
          Signal next = Signal.padded(layer.output(), maxRows, backward);
          passes[b][i] = layer.pass(kernel, signal, next, maxRows);
          signal = next;
        }
        last[b] = signal;
      }
    }

    @Override
    void forward(float[] parameters, int rows) {
      int to = 0;
      for (int b = 0; b < passes.length; b++) {
        int size = first[b].extent.size();
        for (int row = 0; row < rows; row++) {
          int from = row * in.stride + branches.get(b).from();
          System.arraycopy(in.values, from, first[b].values, row * size, size);
        }
        for (LayerPass pass : passes[b]) {
          pass.forward(parameters, rows);
        }
        int width = branches.get(b).output().channels();
        for (int row = 0; row < rows; row++) {
          int from = row * last[b].stride;
          System.arraycopy(last[b].values, from, out.values, row * out.stride + to, width);
        }
        to += width;
      }
    }

    @Override
    void backward(float[] parameters, float @Nullable [] into, int rows) {
      if (in.hasGradients()) {
        Arrays.fill(in.gradients(), 0, rows * in.gradientRowStride(), 0f);
      }
      int at = 0;
      for (int b = 0; b < passes.length; b++) {
        int width = branches.get(b).output().channels();
        if (last[b].hasGradients()) {
          for (int row = 0; row < rows; row++) {
            int to = row * last[b].gradientStride;
            System.arraycopy(
                out.gradients(), row * out.stride + at, last[b].gradients(), to, width);
          }
        }
        for (int i = passes[b].length - 1; i >= 0; i--) {
          passes[b][i].backward(parameters, into, rows);
        }
        if (in.hasGradients()) {
          addInputGradients(b, rows);
        }
        at += width;
      }
    }

    private void addInputGradients(int b, int rows) {
      Extent extent = first[b].extent;
      float[] gradients = first[b].gradients();
      for (int row = 0; row < rows; row++) {
        int to = row * in.gradientStride + branches.get(b).from();
        int from = row * first[b].gradientRowStride();
        for (int position = 0; position < extent.positions(); position++) {
          for (int c = 0; c < extent.channels(); c++) {
            in.gradients()[to++] += gradients[from + c];
          }
          from += first[b].gradientStride;
        }
      }
    }

    @Override
    void sampleNoise(RandomStream random) {
      for (LayerPass[] branch : passes) {
        for (LayerPass pass : branch) {
          pass.sampleNoise(random);
        }
      }
    }

    @Override
    void batchStatistics(boolean use) {
      for (LayerPass[] branch : passes) {
        for (LayerPass pass : branch) {
          pass.batchStatistics(use);
        }
      }
    }

    @Override
    void clearNoise() {
      for (LayerPass[] branch : passes) {
        for (LayerPass pass : branch) {
          pass.clearNoise();
        }
      }
    }
  }
}
