package org.bellmanrl.lab.internal.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers in a shape, row-major. All are kept as {@code double}, rounded to what their type can
 * hold. Immutable by agreement: nobody writes to values that were handed over.
 */
final class Tensor {
  /** More numbers than that are not made: 128 MiB. */
  static final int MOST_NUMBERS = 1 << 24;

  /** Types of numbers, with the number that ONNX gives them. */
  enum Type {
    FLOAT(1),
    UINT8(2),
    INT8(3),
    INT32(6),
    INT64(7),
    BOOL(9),
    DOUBLE(11);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    static Type of(long number) {
      for (Type type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      throw new IllegalArgumentException(
          "numbers of type %d can't be read, those of these can: %s"
              .formatted(number, Arrays.toString(values())));
    }

    boolean real() {
      return this == FLOAT || this == DOUBLE;
    }

    /** The nearest number that there is, or towards 0 for integers. */
    double rounded(double value) {
      return switch (this) {
        case FLOAT -> (float) value;
        case DOUBLE -> value;
        case BOOL -> value == 0 ? 0 : 1;
        case UINT8 -> (long) value & 0xff;
        case INT8 -> (byte) value;
        case INT32 -> (int) value;
        case INT64 -> (long) value;
      };
    }
  }

  private final Type type;
  private final int[] shape;
  private final double[] values;

  /** A tensor of these values, which are handed over; they are rounded to the type. */
  Tensor(Type type, int[] shape, double[] values) {
    if (size(shape) != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s needs %d numbers, had %d"
              .formatted(Arrays.toString(shape), size(shape), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = type.rounded(values[i]);
    }
    this.type = type;
    this.shape = shape.clone();
    this.values = values;
  }

  /** Room for a tensor of that shape. */
  static double[] room(int... shape) {
    return new double[size(shape)];
  }

  /**
   * Numbers in a shape.
   *
   * @throws IllegalArgumentException if there are too many
   */
  static int size(int... shape) {
    long size = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("an extent is negative: " + Arrays.toString(shape));
      }
      size *= extent;
      if (size > MOST_NUMBERS) {
        throw new IllegalArgumentException(
            "a tensor must have at most %d numbers, had shape %s"
                .formatted(MOST_NUMBERS, Arrays.toString(shape)));
      }
    }
    return (int) size;
  }

  Type type() {
    return type;
  }

  int rank() {
    return shape.length;
  }

  int[] shape() {
    return shape.clone();
  }

  /** An extent; a negative axis counts from the end. */
  int extent(int axis) {
    return shape[axis(axis)];
  }

  /** An axis that may be negative, from 0. */
  int axis(long axis) {
    long at = axis < 0 ? axis + shape.length : axis;
    if (at < 0 || at >= shape.length) {
      throw new IllegalArgumentException(
          "axis %d of shape %s".formatted(axis, Arrays.toString(shape)));
    }
    return (int) at;
  }

  int size() {
    return values.length;
  }

  double at(int index) {
    return values[index];
  }

  /** All numbers, to be read. */
  double[] values() {
    return values;
  }

  /** The same numbers as integers. */
  long[] integers() {
    long[] integers = new long[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (long) values[i];
    }
    return integers;
  }

  /** The same numbers in another shape. */
  Tensor reshaped(int... other) {
    return new Tensor(type, other, values.clone());
  }

  /** The same as another type. */
  Tensor cast(Type other) {
    return new Tensor(other, shape, values.clone());
  }

  /** Each number changed by itself. */
  Tensor map(DoubleUnaryOperator function) {
    double[] into = new double[values.length];
    for (int i = 0; i < into.length; i++) {
      into[i] = function.applyAsDouble(values[i]);
    }
    return new Tensor(type, shape, into);
  }

  /** Each pair of numbers, after both were stretched to a common shape. */
  Tensor with(Tensor other, Type result, DoubleBinaryOperator function) {
    int[] common = broadcast(shape, other.shape);
    double[] into = room(common);
    int[] left = strides(common);
    int[] right = other.strides(common);
    int[] place = new int[common.length];
    for (int i = 0; i < into.length; i++) {
      into[i] =
          function.applyAsDouble(values[offset(place, left)], other.values[offset(place, right)]);
      advance(place, common);
    }
    return new Tensor(result, common, into);
  }

  /** The same numbers, stretched to a shape. */
  Tensor stretched(int[] common) {
    double[] into = room(common);
    int[] strides = strides(common);
    int[] place = new int[common.length];
    for (int i = 0; i < into.length; i++) {
      into[i] = values[offset(place, strides)];
      advance(place, common);
    }
    return new Tensor(type, common, into);
  }

  /** The shape that two shapes stretch to, as in NumPy. */
  static int[] broadcast(int[] a, int[] b) {
    int[] common = new int[Math.max(a.length, b.length)];
    for (int i = 1; i <= common.length; i++) {
      int x = i <= a.length ? a[a.length - i] : 1;
      int y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "shapes %s and %s do not go together"
                .formatted(Arrays.toString(a), Arrays.toString(b)));
      }
      common[common.length - i] = x == 1 ? y : x;
    }
    return common;
  }

  /** How far apart neighbours lie along the axes of a larger shape; 0 where this is stretched. */
  private int[] strides(int[] common) {
    int[] strides = new int[common.length];
    int stride = 1;
    for (int i = 1; i <= common.length; i++) {
      int extent = i <= shape.length ? shape[shape.length - i] : 1;
      if (extent != 1 && extent != common[common.length - i]) {
        throw new IllegalArgumentException(
            "shape %s can't be stretched to %s"
                .formatted(Arrays.toString(shape), Arrays.toString(common)));
      }
      strides[common.length - i] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
    return strides;
  }

  static int offset(int[] place, int[] strides) {
    int offset = 0;
    for (int i = 0; i < place.length; i++) {
      offset += place[i] * strides[i];
    }
    return offset;
  }

  /** Goes on to the next place of a shape, the last axis first. */
  static void advance(int[] place, int[] shape) {
    for (int i = place.length - 1; i >= 0; i--) {
      if (++place[i] < shape[i]) {
        return;
      }
      place[i] = 0;
    }
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
