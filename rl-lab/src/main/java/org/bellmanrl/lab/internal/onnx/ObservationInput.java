package org.bellmanrl.lab.internal.onnx;

import org.bellmanrl.api.Observations;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;

/**
 * Puts a part of an observation into an input of a model.
 *
 * <p>Numbers stay what they are, bytes from 0 to 255 too. An integer goes into an input of one
 * element as it is, and into an input of as many real numbers as it has values one-hot; so do
 * several integers, one after the other. Extents that the model leaves open become 1, or what is
 * left.
 */
final class ObservationInput {
  private final Model.Value input;
  private final Leaf leaf;
  private final int[] shape;
  private final int size;
  private final boolean oneHot;

  /**
   * Joins the two.
   *
   * @throws IllegalArgumentException if they are of different sizes
   */
  ObservationInput(Model.Value input, Leaf leaf) {
    this.input = input;
    this.leaf = leaf;
    int hot = oneHotSize(leaf);
    this.oneHot = input.type().real() && hot > leaf.width() && fits(input, hot);
    this.size = oneHot ? hot : leaf.width();
    this.shape = shape(input, size);
  }

  String name() {
    return input.name();
  }

  /** Numbers of a part whose integers are written one-hot. */
  private static int oneHotSize(Leaf leaf) {
    return switch (leaf.space()) {
      case Discrete discrete -> discrete.n();
      case MultiDiscrete multi -> {
        int sum = 0;
        for (int i = 0; i < multi.size(); i++) {
          sum += multi.n(i);
        }
        yield sum;
      }
      default -> 0;
    };
  }

  /** Whether the input's last extent says that it takes so many numbers. */
  private static boolean fits(Model.Value input, int size) {
    return !input.shape().isEmpty() && input.shape().getLast() == size;
  }

  private static int[] shape(Model.Value input, int size) {
    int[] shape = input.shape().stream().mapToInt(Integer::intValue).toArray();
    long known = 1;
    int open = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0) {
        shape[i] = 1;
        open = i;
      } else {
        known *= shape[i];
      }
    }
    if (open > 0 && known < size && size % known == 0) {
      shape[open] = (int) (size / known);
      known = size;
    }
    if (known != size) {
      throw new IllegalArgumentException(
          "input '%s' has shape %s, an observation has %d numbers"
              .formatted(input.name(), input.shape(), size));
    }
    return shape;
  }

  /** What a row shows. */
  Tensor of(Columns columns, int row) {
    double[] values = Tensor.room(size);
    switch (leaf.dtype()) {
      case FLOAT32 -> {
        int from = row * columns.layout().floats() + leaf.offset();
        for (int i = 0; i < size; i++) {
          values[i] = columns.floats()[from + i];
        }
      }
      case UINT8 -> {
        int from = row * columns.layout().bytes() + leaf.offset();
        for (int i = 0; i < size; i++) {
          values[i] = columns.bytes()[from + i] & 0xff;
        }
      }
      case INT32 -> integers(columns, row, values);
    }
    return new Tensor(input.type(), shape, values);
  }

  private void integers(Columns columns, int row, double[] values) {
    int from = row * columns.layout().ints() + leaf.offset();
    int next = 0;
    for (int i = 0; i < leaf.width(); i++) {
      int value = columns.ints()[from + i];
      if (!oneHot) {
        values[i] = value;
      } else if (leaf.space() instanceof Discrete discrete) {
        values[value - discrete.start()] = 1;
      } else if (leaf.space() instanceof MultiDiscrete multi) {
        values[next + value] = 1;
        next += multi.n(i);
      }
    }
  }

  /** Which actions a row allows. */
  static Tensor mask(Model.Value input, Observations observations, int row) {
    int width = observations.maskWidth();
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      values[i] = observations.allows(row, i) ? 1 : 0;
    }
    return new Tensor(input.type(), shape(input, width), values);
  }

  /** Writes the least value of a part, or 0 where there is none below it, into the first row. */
  static void least(Leaf leaf, Columns into) {
    if (leaf.space() instanceof Discrete discrete) {
      into.ints()[leaf.offset()] = discrete.start();
    } else if (leaf.space() instanceof Box box && leaf.dtype() == DType.FLOAT32) {
      for (int i = 0; i < leaf.width(); i++) {
        into.floats()[leaf.offset() + i] = Math.clamp(0f, box.low(i), box.high(i));
      }
    }
  }
}
