package org.bellmanrl.deep.network;

import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;

/**
 * What enters a network: a vector, or an image of height × width × channels.
 *
 * @param dtype {@link DType#FLOAT32}, or {@link DType#UINT8} for pixels: they stay bytes until the
 *     first layer, which sees them divided by 255
 * @param extents one number, or three
 */
public record InputSpec(DType dtype, List<Integer> extents) {
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
      if (extent < 1) {
        throw new IllegalArgumentException("every extent must be at least 1, was " + extents);
      }
    }
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
   * The elements of a box.
   *
   * @throws IllegalArgumentException if the box has neither one nor three dimensions
   */
  public static InputSpec of(Box box) {
    return new InputSpec(box.dtype(), Arrays.stream(box.shape()).boxed().toList());
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
