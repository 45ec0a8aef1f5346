package org.bellmanrl.api.space;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a space's elementary parts are packed into one row of ints, floats and bytes.
 *
 * <p>Leaves are in the order of a depth-first walk ({@link Dict} by key). Each dtype has a separate
 * array in {@link Columns}; a row takes {@link #ints()}, {@link #floats()} and {@link #bytes()}
 * elements of them. Immutable.
 */
public final class Layout {
  private final List<Leaf> leaves;
  private final int ints;
  private final int floats;
  private final int bytes;

  private Layout(Packer packer) {
    this.leaves = List.copyOf(packer.leaves);
    this.ints = packer.width(DType.INT32);
    this.floats = packer.width(DType.FLOAT32);
    this.bytes = packer.width(DType.UINT8);
  }

  static Layout of(Space space) {
    Packer packer = new Packer();
    packer.add("", space);
    return new Layout(packer);
  }

  /** The elementary parts, in order. */
  public List<Leaf> leaves() {
    return leaves;
  }

  /**
   * The position of a named part among {@link #leaves()}.
   *
   * @throws IllegalArgumentException if no part has that path
   */
  public int leaf(String path) {
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i).path().equals(path)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "no part is called '" + path + "', there are: " + leaves.stream().map(Leaf::path).toList());
  }

  /** Ints in a row. */
  public int ints() {
    return ints;
  }

  /** Floats in a row. */
  public int floats() {
    return floats;
  }

  /** Bytes in a row. */
  public int bytes() {
    return bytes;
  }

  private static final class Packer {
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<DType, Integer> widths = new EnumMap<>(DType.class);

    int width(DType dtype) {
      return widths.getOrDefault(dtype, 0);
    }

    void add(String path, Space space) {
      switch (space) {
        case Discrete discrete -> leaf(path, discrete, DType.INT32, 1);
        case MultiDiscrete multi -> leaf(path, multi, DType.INT32, multi.size());
        case MultiBinary binary -> leaf(path, binary, DType.UINT8, binary.n());
        case Box box -> leaf(path, box, box.dtype(), box.size());
        case Tuple tuple -> {
          for (int i = 0; i < tuple.spaces().size(); i++) {
            add(join(path, Integer.toString(i)), tuple.spaces().get(i));
          }
        }
        case Dict dict -> dict.spaces().forEach((key, part) -> add(join(path, key), part));
      }
    }

    private void leaf(String path, Space space, DType dtype, int elements) {
      if (elements > Integer.MAX_VALUE - 8 - width(dtype)) {
        throw new IllegalArgumentException(
            "a space of more than %d elements of type %s does not fit into an array"
                .formatted(Integer.MAX_VALUE - 8, dtype));
      }
      leaves.add(new Leaf(path, space, dtype, width(dtype), elements));
      widths.merge(dtype, elements, Integer::sum);
    }

    private static String join(String path, String key) {
      return path.isEmpty() ? key : path + "/" + key;
    }
  }

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
}
