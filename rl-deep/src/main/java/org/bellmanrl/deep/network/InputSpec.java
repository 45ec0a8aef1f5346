package org.bellmanrl.deep.network;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;

/**
 * What enters a network: a vector, or an image of height × width × channels.
 *
 * @param dtype {@link DType#FLOAT32}, or {@link DType#UINT8} for pixels: they stay bytes until the
 *     first layer
 * @param extents one number, or three
 * @param scale what bytes are multiplied by on their way into the first layer, so that they become
 *     numbers from 0 to 1: 1/255 for pixels, 1 for binary planes; 1 for floats
 */
public record InputSpec(DType dtype, List<Integer> extents, float scale) {
  private static final int MOST_BYTE = 255;

  public InputSpec {
    extents = List.copyOf(extents);
    if (dtype != DType.FLOAT32 && dtype != DType.UINT8) {
      throw new IllegalArgumentException("dtype must be FLOAT32 or UINT8, was " + dtype);
    }
    if (extents.size() != 1 && extents.size() != 3) {
      throw new IllegalArgumentException(
          "extents must be [size] or [height, width, channels], was " + extents);
    }
    for (int extent : extents) {
      Require.atLeast("every extent", extent, 1);
    }
    if (!(scale > 0 && scale <= 1) || (dtype == DType.FLOAT32 && scale != 1)) {
      throw new IllegalArgumentException(
          "scale must be in (0, 1], and 1 for FLOAT32, was " + scale);
    }
  }

  /** Floats as they are, or bytes from 0 to 255. */
  public InputSpec(DType dtype, List<Integer> extents) {
    this(dtype, extents, dtype == DType.UINT8 ? 1f / MOST_BYTE : 1f);
  }

  /** A vector of {@code size} floats. */
  public static InputSpec vector(int size) {
    return new InputSpec(DType.FLOAT32, List.of(size));
  }

  /** An image of bytes. */
  public static InputSpec pixels(int height, int width, int channels) {
    return new InputSpec(DType.UINT8, List.of(height, width, channels));
  }

  /**
   * The elements of a box; bytes are divided by their upper bound.
   *
   * @throws IllegalArgumentException if the box has neither one nor three dimensions
   */
  public static InputSpec of(Box box) {
    return of(box, Arrays.stream(box.shape()).boxed().toList());
  }

  /** The elements of a box as one vector. */
  public static InputSpec flat(Box box) {
    return of(box, List.of(box.size()));
  }

  private static InputSpec of(Box box, List<Integer> extents) {
    // The bytes of a box share their upper bound.
    boolean bytes = box.dtype() == DType.UINT8;
    return new InputSpec(box.dtype(), extents, bytes ? 1 / box.high(0) : 1);
  }

  /** Number of elements. */
  public int size() {
    int size = 1;
    for (int extent : extents) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }

  Extent extent() {
    return extents.size() == 1
        ? Extent.vector(extents.get(0))
        : new Extent(extents.get(0), extents.get(1), extents.get(2));
  }
}
