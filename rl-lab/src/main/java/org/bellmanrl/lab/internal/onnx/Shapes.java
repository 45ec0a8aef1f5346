package org.bellmanrl.lab.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that move numbers about. */
final class Shapes {
  private Shapes() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Reshape", Shapes::reshape,
        "Flatten", Shapes::flatten,
        "Squeeze", Shapes::squeeze,
        "Unsqueeze", Shapes::unsqueeze,
        "Transpose", Shapes::transpose,
        "Concat", Shapes::concat,
        "Slice", Shapes::slice,
        "Gather", Shapes::gather,
        "Shape", Shapes::shape);
  }

  /** An extent of −1 is what is left, one of 0 that of the input. */
  private static Tensor reshape(Node node, Inputs in) {
    Tensor x = in.get(0);
    long[] wanted = in.get(1).integers();
    int[] shape = new int[wanted.length];
    int open = -1;
    long known = 1;
    for (int i = 0; i < shape.length; i++) {
      if (wanted[i] == -1 && open < 0) {
        open = i;
        continue;
      }
      boolean copied = wanted[i] == 0 && node.integer("allowzero", 0) == 0;
      shape[i] = copied ? x.extent(i) : Math.toIntExact(wanted[i]);
      known = Math.multiplyExact(known, (long) shape[i]);
    }
    if (open >= 0) {
      shape[open] = known == 0 ? 0 : Math.toIntExact(x.size() / known);
    }
    return x.reshaped(shape);
  }

  private static Tensor flatten(Node node, Inputs in) {
    Tensor x = in.get(0);
    long axis = node.integer("axis", 1);
    long until = axis < 0 ? axis + x.rank() : axis;
    if (until < 0 || until > x.rank()) {
      throw new IllegalArgumentException("axis " + axis);
    }
    int before = 1;
    for (int i = 0; i < until; i++) {
      before *= x.extent(i);
    }
    return x.reshaped(before, before == 0 ? 0 : x.size() / before);
  }

  private static long @Nullable [] axes(Node node, Inputs in) {
    Tensor given = in.optional(1);
    return given == null ? node.integers("axes") : given.integers();
  }

  private static Tensor squeeze(Node node, Inputs in) {
    Tensor x = in.get(0);
    long[] axes = axes(node, in);
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      int axis = i;
      boolean named = axes == null || Arrays.stream(axes).anyMatch(a -> x.axis(a) == axis);
      if (!(named && x.extent(i) == 1)) {
        shape.add(x.extent(i));
      }
    }
    return x.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Tensor unsqueeze(Node node, Inputs in) {
    Tensor x = in.get(0);
    long[] axes = axes(node, in);
    if (axes == null || axes.length > 8) {
      throw new IllegalArgumentException("from 1 to 8 axes are needed");
    }
    int rank = x.rank() + axes.length;
    int[] shape = new int[rank];
    for (long axis : axes) {
      shape[Math.toIntExact(axis < 0 ? axis + rank : axis)] = 1;
    }
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (shape[i] == 0) {
        shape[i] = x.extent(next++);
      }
    }
    return x.reshaped(shape);
  }

  private static Tensor transpose(Node node, Inputs in) {
    Tensor x = in.get(0);
    long[] order = node.integers("perm");
    int rank = x.rank();
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = order == null ? rank - 1 - i : x.axis(order[i]);
    }
    if (Arrays.stream(axes).distinct().count() != rank) {
      throw new IllegalArgumentException("an axis is there twice");
    }
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= x.extent(i);
    }
    int[] shape = new int[rank];
    int[] steps = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = x.extent(axes[i]);
      steps[i] = strides[axes[i]];
    }
    double[] into = Tensor.room(shape);
    int[] place = new int[rank];
    for (int i = 0; i < into.length; i++) {
      into[i] = x.at(Tensor.offset(place, steps));
      Tensor.advance(place, shape);
    }
    return new Tensor(x.type(), shape, into);
  }

  private static Tensor concat(Node node, Inputs in) {
    Tensor first = in.get(0);
    int axis = first.axis(node.integer("axis", 0));
    int along = 0;
    for (int i = 0; i < in.count(); i++) {
      Tensor part = in.get(i);
      int[] shape = part.shape();
      shape[axis] = first.extent(axis);
      if (!Arrays.equals(shape, first.shape())) {
        throw new IllegalArgumentException("the shapes differ beside the axis " + axis);
      }
      along = Math.addExact(along, part.extent(axis));
    }
    int[] shape = first.shape();
    shape[axis] = along;
    double[] into = Tensor.room(shape);
    int behind = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      behind *= shape[i];
    }
    int row = along * behind;
    int from = 0;
    for (int i = 0; i < in.count(); i++) {
      Tensor part = in.get(i);
      int width = part.extent(axis) * behind;
      for (int r = 0; width > 0 && r < part.size() / width; r++) {
        System.arraycopy(part.values(), r * width, into, r * row + from, width);
      }
      from += width;
    }
    return new Tensor(first.type(), shape, into);
  }

  /** Bounds are attributes at first, and inputs since version 10. */
  private static Tensor slice(Node node, Inputs in) {
    Tensor x = in.get(0);
    long[] starts = in.count() > 1 ? in.get(1).integers() : node.integers("starts");
    long[] ends = in.count() > 2 ? in.get(2).integers() : node.integers("ends");
    Tensor axesGiven = in.optional(3);
    Tensor stepsGiven = in.optional(4);
    long[] axes = axesGiven == null ? node.integers("axes") : axesGiven.integers();
    if (starts == null || ends == null || starts.length != ends.length) {
      throw new IllegalArgumentException("starts and ends are not as many");
    }
    Tensor sliced = x;
    for (int i = 0; i < starts.length; i++) {
      int axis = x.axis(axes == null ? i : axes[i]);
      sliced =
          slice(
              sliced, axis, starts[i], ends[i], stepsGiven == null ? 1 : stepsGiven.integers()[i]);
    }
    return sliced;
  }

  private static Tensor slice(Tensor x, int axis, long start, long end, long step) {
    if (step < 1) {
      throw new IllegalArgumentException("steps must be at least 1, one was " + step);
    }
    int extent = x.extent(axis);
    long from = Math.clamp(start < 0 ? start + extent : start, 0, extent);
    long to = Math.clamp(end < 0 ? end + extent : end, 0, extent);
    int count = (int) Math.max(0, (to - from + step - 1) / step);
    long[] indices = new long[count];
    Arrays.setAll(indices, i -> from + i * step);
    int[] shape = x.shape();
    shape[axis] = count;
    return new Tensor(x.type(), shape, gathered(x, axis, indices));
  }

  private static Tensor gather(Node node, Inputs in) {
    Tensor x = in.get(0);
    Tensor indices = in.get(1);
    int axis = x.axis(node.integer("axis", 0));
    int[] shape = new int[x.rank() - 1 + indices.rank()];
    int[] own = x.shape();
    System.arraycopy(own, 0, shape, 0, axis);
    System.arraycopy(indices.shape(), 0, shape, axis, indices.rank());
    System.arraycopy(own, axis + 1, shape, axis + indices.rank(), x.rank() - axis - 1);
    Tensor.size(shape);
    return new Tensor(x.type(), shape, gathered(x, axis, indices.integers()));
  }

  private static double[] gathered(Tensor x, int axis, long[] indices) {
    int before = 1;
    int behind = 1;
    for (int i = 0; i < x.rank(); i++) {
      if (i < axis) {
        before *= x.extent(i);
      } else if (i > axis) {
        behind *= x.extent(i);
      }
    }
    int extent = x.extent(axis);
    double[] into = Tensor.room(before, indices.length, behind);
    int at = 0;
    for (int b = 0; b < before; b++) {
      for (long given : indices) {
        long index = given < 0 ? given + extent : given;
        if (index < 0 || index >= extent) {
          throw new IllegalArgumentException("index %d is not in [0, %d)".formatted(given, extent));
        }
        System.arraycopy(x.values(), (b * extent + (int) index) * behind, into, at, behind);
        at += behind;
      }
    }
    return into;
  }

  private static Tensor shape(Node node, Inputs in) {
    int[] shape = in.get(0).shape();
    double[] values = new double[shape.length];
    Arrays.setAll(values, i -> shape[i]);
    return new Tensor(Tensor.Type.INT64, new int[] {values.length}, values);
  }
}
