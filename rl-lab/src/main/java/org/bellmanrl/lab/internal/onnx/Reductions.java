package org.bellmanrl.lab.internal.onnx;

import java.util.Arrays;
import java.util.Map;

/** Operators that go along axes. */
final class Reductions {
  private Reductions() {}

  static Map<String, Operator> all() {
    return Map.of(
        "ArgMax", Reductions::argMax,
        "Softmax", (node, in) -> softmax(node, in.get(0), false),
        "LogSoftmax", (node, in) -> softmax(node, in.get(0), true),
        "ReduceMean", (node, in) -> sum(node, in, true),
        "ReduceSum", (node, in) -> sum(node, in, false));
  }

  /** How a shape falls into those before an axis, along it, and behind it. */
  private record Cut(int before, int along, int behind) {
    static Cut of(Tensor x, int axis) {
      int before = 1;
      int behind = 1;
      for (int i = 0; i < x.rank(); i++) {
        if (i < axis) {
          before *= x.extent(i);
        } else if (i > axis) {
          behind *= x.extent(i);
        }
      }
      return new Cut(before, x.extent(axis), behind);
    }
  }

  private static int[] without(int[] shape, int axis, boolean kept) {
    int[] shorter = shape.clone();
    if (kept) {
      shorter[axis] = 1;
      return shorter;
    }
    System.arraycopy(shape, axis + 1, shorter, axis, shape.length - axis - 1);
    return Arrays.copyOf(shorter, shape.length - 1);
  }

  private static Tensor argMax(Node node, Inputs in) {
    Tensor x = in.get(0);
    int axis = x.axis(node.integer("axis", 0));
    boolean last = node.integer("select_last_index", 0) == 1;
    Cut cut = Cut.of(x, axis);
    int[] shape = without(x.shape(), axis, node.integer("keepdims", 1) == 1);
    double[] into = Tensor.room(shape);
    for (int i = 0; i < cut.before * cut.behind; i++) {
      int from = i / cut.behind * cut.along * cut.behind + i % cut.behind;
      int best = 0;
      for (int k = 1; k < cut.along; k++) {
        double value = x.at(from + k * cut.behind);
        double most = x.at(from + best * cut.behind);
        best = value > most || (last && value == most) ? k : best;
      }
      into[i] = best;
    }
    return new Tensor(Tensor.Type.INT64, shape, into);
  }

  private static Tensor softmax(Node node, Tensor x, boolean logarithm) {
    Cut cut = Cut.of(x, x.axis(node.integer("axis", -1)));
    double[] into = Tensor.room(x.shape());
    for (int i = 0; i < cut.before * cut.behind; i++) {
      int from = i / cut.behind * cut.along * cut.behind + i % cut.behind;
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < cut.along; k++) {
        max = Math.max(max, x.at(from + k * cut.behind));
      }
      double sum = 0;
      for (int k = 0; k < cut.along; k++) {
        sum += StrictMath.exp(x.at(from + k * cut.behind) - max);
      }
      for (int k = 0; k < cut.along; k++) {
        int at = from + k * cut.behind;
        double distance = x.at(at) - max;
        into[at] = logarithm ? distance - StrictMath.log(sum) : StrictMath.exp(distance) / sum;
      }
    }
    return new Tensor(x.type(), x.shape(), into);
  }

  /** Axes are an attribute at first, and an input later on; all of them if there are none. */
  private static Tensor sum(Node node, Inputs in, boolean mean) {
    Tensor x = in.get(0);
    Tensor given = in.optional(1);
    long[] axes = given == null ? node.integers("axes") : given.integers();
    if (axes == null || axes.length == 0) {
      if (node.integer("noop_with_empty_axes", 0) == 1) {
        return x;
      }
      axes = new long[x.rank()];
      Arrays.setAll(axes, i -> i);
    }
    int[] sorted = Arrays.stream(axes).mapToInt(x::axis).distinct().sorted().toArray();
    boolean kept = node.integer("keepdims", 1) == 1;
    Tensor sum = x;
    for (int i = sorted.length - 1; i >= 0; i--) {
      sum = summed(sum, sorted[i], kept, mean);
    }
    return sum;
  }

  private static Tensor summed(Tensor x, int axis, boolean kept, boolean mean) {
    Cut cut = Cut.of(x, axis);
    int[] shape = without(x.shape(), axis, kept);
    double[] into = Tensor.room(shape);
    for (int i = 0; i < into.length; i++) {
      int from = i / cut.behind * cut.along * cut.behind + i % cut.behind;
      for (int k = 0; k < cut.along; k++) {
        into[i] += x.at(from + k * cut.behind);
      }
      into[i] = mean ? into[i] / cut.along : into[i];
    }
    return new Tensor(x.type(), shape, into);
  }
}
