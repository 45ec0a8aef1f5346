package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** {@link Parallel} in its place. */
final class ParallelLayer extends Layer {
  private final List<Branch> branches;

  /** A branch in its place. */
  private record Branch(int from, Stack stack) {}

  ParallelLayer(Parallel spec, Extent in, Blocks blocks) {
    List<Branch> branches = new ArrayList<>();
    int outputs = 0;
    for (int b = 0; b < spec.branches().size(); b++) {
      Parallel.Branch branch = spec.branches().get(b);
      Extent extent = branch.extent();
      if ((long) branch.from() + extent.size() > in.channels()) {
        throw new IllegalArgumentException(
            "branch %d takes %d numbers from %d on, but the vector has %d"
                .formatted(b, extent.size(), branch.from(), in.channels()));
      }
      Stack stack = new Stack(branch.layers(), extent, blocks, b + "/");
      if (!stack.output().isVector()) {
        throw new IllegalArgumentException(
            "branch %d must end in a vector, leaves %s: add Flatten".formatted(b, stack.output()));
      }
      branches.add(new Branch(branch.from(), stack));
      outputs = Math.addExact(outputs, stack.output().channels());
    }
    super(Extent.vector(outputs));
    this.branches = branches;
  }

  @Override
  int stateSize() {
    return branches.stream()
        .mapToInt(branch -> branch.stack().stateSize())
        .reduce(0, Math::addExact);
  }

  @Override
  int largest() {
    return branches.stream()
        .mapToInt(branch -> branch.stack().largest())
        .reduce(output().size(), Math::max);
  }

  @Override
  String inner() {
    return branches.stream()
        .map(branch -> branch.stack().describe())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  boolean hasParameters() {
    return branches.stream().anyMatch(branch -> branch.stack().hasParameters());
  }

  @Override
  void initialise(float[] parameters, RandomStream random) {
    branches.forEach(branch -> branch.stack().initialise(parameters, random));
  }

  @Override
  void project(float[] parameters) {
    for (int b = 0; b < branches.size(); b++) {
      branches.get(b).stack().project(parameters);
    }
  }

  @Override
  LayerPass pass(Kernel kernel, Signal in, Signal out, int maxRows) {
    return new Pass(kernel, in, out, maxRows);
  }

  private final class Pass extends LayerPass {
    private final Stack.Pass[] passes = new Stack.Pass[branches.size()];

    Pass(Kernel kernel, Signal in, Signal out, int maxRows) {
      super(in, out);
      boolean backward = out.hasGradients();
      for (int b = 0; b < passes.length; b++) {
        Stack stack = branches.get(b).stack();
        Signal first = Signal.input(stack.input(), maxRows, backward && in.hasGradients());
        passes[b] = stack.pass(kernel, first, maxRows, backward);
      }
    }

    @Override
    void forward(float[] parameters, int rows) {
      int to = 0;
      for (int b = 0; b < passes.length; b++) {
        Signal first = passes[b].in;
        Signal last = passes[b].out;
        int size = first.extent.size();
        for (int row = 0; row < rows; row++) {
          int from = row * in.stride + branches.get(b).from();
          System.arraycopy(in.values, from, first.values, row * size, size);
        }
        passes[b].forward(parameters, rows);
        int width = last.extent.channels();
        for (int row = 0; row < rows; row++) {
          System.arraycopy(
              last.values, row * last.stride, out.values, row * out.stride + to, width);
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
        Signal last = passes[b].out;
        int width = last.extent.channels();
        if (last.hasGradients()) {
          for (int row = 0; row < rows; row++) {
            int to = row * last.gradientStride;
            System.arraycopy(out.gradients(), row * out.stride + at, last.gradients(), to, width);
          }
        }
        passes[b].backward(parameters, into, rows);
        if (in.hasGradients()) {
          addInputGradients(b, rows);
        }
        at += width;
      }
    }

    private void addInputGradients(int b, int rows) {
      Signal first = passes[b].in;
      Extent extent = first.extent;
      float[] gradients = first.gradients();
      for (int row = 0; row < rows; row++) {
        int to = row * in.gradientStride + branches.get(b).from();
        int from = row * first.gradientRowStride();
        for (int position = 0; position < extent.positions(); position++) {
          for (int c = 0; c < extent.channels(); c++) {
            in.gradients()[to++] += gradients[from + c];
          }
          from += first.gradientStride;
        }
      }
    }

    @Override
    void remember(Recurrence recurrence, int at) {
      int stateAt = at;
      for (int b = 0; b < passes.length; b++) {
        passes[b].remember(recurrence, stateAt);
        stateAt += branches.get(b).stack().stateSize();
      }
    }

    @Override
    void sampleNoise(RandomStream random) {
      for (Stack.Pass pass : passes) {
        pass.sampleNoise(random);
      }
    }

    @Override
    void batchStatistics(boolean use) {
      for (Stack.Pass pass : passes) {
        pass.batchStatistics(use);
      }
    }

    @Override
    void clearNoise() {
      for (Stack.Pass pass : passes) {
        pass.clearNoise();
      }
    }
  }
}
