package org.bellmanrl.api.space;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;

/**
 * An array of numbers, each between a low and a high bound (both included, infinite allowed).
 *
 * <p>Elements are float32, or uint8 for pixels; they lie in row-major order of the shape.
 */
public final class Box implements Space {
  private final DType dtype;
  private final int[] shape;
  private final float[] low;
  private final float[] high;

  private Box(DType dtype, int[] shape, float[] low, float[] high) {
    this.dtype = dtype;
    this.shape = shape.clone();
    int size = 1;
    for (int extent : shape) {
      if (extent < 1) {
        throw new IllegalArgumentException(
            "every extent of a Box must be at least 1, shape was " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, extent);
    }
    if (low.length != size || high.length != size) {
      throw new IllegalArgumentException(
          "a Box of shape %s needs %d low and high bounds, had %d and %d"
              .formatted(Arrays.toString(shape), size, low.length, high.length));
    }
    for (int i = 0; i < size; i++) {
      if (!(low[i] <= high[i])) {
        throw new IllegalArgumentException(
            "bound %d of a Box must have low <= high, was %s and %s".formatted(i, low[i], high[i]));
      }
    }
    this.low = low.clone();
    this.high = high.clone();
  }

  /**
   * A vector of real numbers with bounds per element; {@code low} and {@code high} have its length.
   */
  public static Box of(float[] low, float[] high) {
    return new Box(DType.FLOAT32, new int[] {low.length}, low, high);
  }

  /** An array of real numbers of any shape with bounds per element, in row-major order. */
  public static Box of(int[] shape, float[] low, float[] high) {
    return new Box(DType.FLOAT32, shape, low, high);
  }

  /** An array of real numbers that share their bounds. */
  public static Box of(float low, float high, int... shape) {
    int size = product(shape);
    float[] lows = new float[size];
    float[] highs = new float[size];
    Arrays.fill(lows, low);
    Arrays.fill(highs, high);
    return new Box(DType.FLOAT32, shape, lows, highs);
  }

  /** Pixels or other bytes from 0 to 255, usually height × width × channels. */
  public static Box pixels(int... shape) {
    return bytes(255, shape);
  }

  /**
   * Bytes from 0 to {@code high}, usually height × width × channels: binary planes with a high of
   * 1. Networks see them divided by {@code high}, as numbers from 0 to 1.
   *
   * @param high largest value, in [1, 255]
   */
  public static Box bytes(int high, int... shape) {
    Require.inRange("high", high, "[1, 255]");
    int size = product(shape);
    float[] highs = new float[size];
    Arrays.fill(highs, high);
    return new Box(DType.UINT8, shape, new float[size], highs);
  }

  private static int product(int[] shape) {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, Math.max(extent, 0));
    }
    return size;
  }

  /** {@link DType#FLOAT32} or {@link DType#UINT8}. */
  public DType dtype() {
    return dtype;
  }

  /** Number of dimensions. */
  public int dimensions() {
    return shape.length;
  }

  /** Number of elements along dimension {@code i}. */
  public int extent(int i) {
    return shape[i];
  }

  /** A copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public int size() {
    return low.length;
  }

  /** Smallest value of element {@code i}; may be negative infinity. */
  public float low(int i) {
    return low[i];
  }

  /** Largest value of element {@code i}; may be positive infinity. */
  public float high(int i) {
    return high[i];
  }

  /** Returns whether every element has a finite low and a finite high bound. */
  public boolean bounded() {
    for (int i = 0; i < low.length; i++) {
      if (Float.isInfinite(low[i]) || Float.isInfinite(high[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Layout layout() {
    return Layout.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(low, that.low)
        && Arrays.equals(high, that.high);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(high);
  }

  @Override
  public String toString() {
    return "Box(%s, %s, %s, %s)"
        .formatted(
            Arrays.toString(shape),
            text(low),
            text(high),
            dtype.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static String text(float[] bounds) {
    for (float bound : bounds) {
      if (bound != bounds[0]) {
        return bounds.length <= 8 ? Arrays.toString(bounds) : "[" + bounds[0] + ", …]";
      }
    }
    return Float.toString(bounds[0]);
  }
}
