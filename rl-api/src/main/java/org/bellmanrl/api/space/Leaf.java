package org.bellmanrl.api.space;

/**
 * One elementary part of a space, with its place in a row.
 *
 * @param path how nested spaces name it: empty for an elementary space, else like {@code "arm/1"}
 * @param space the elementary space (never {@link Tuple} or {@link Dict})
 * @param dtype which of the three arrays of {@link Columns} holds it
 * @param offset of its first element in the row's part of that array
 * @param width number of elements
 */
public record Leaf(String path, Space space, DType dtype, int offset, int width) {

  /**
   * How many values element {@code i} of a finite part can take.
   *
   * @throws IllegalStateException if the part is a Box
   */
  public int count(int i) {
    return switch (space) {
      case Discrete discrete -> discrete.n();
      case MultiDiscrete multi -> multi.n(i);
      case MultiBinary _ -> 2;
      default -> throw new IllegalStateException(space + " does not count its values");
    };
  }

  /** Smallest value of element {@code i} of integers; 0 for other parts. */
  public int start(int i) {
    return switch (space) {
      case Discrete discrete -> discrete.start();
      case MultiDiscrete multi -> multi.start(i);
      default -> 0;
    };
  }
}
