package org.bellmanrl.api.space;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.space.Layout.Leaf;

/**
 * Numbers the values of a finite space 0 to {@link #size()} − 1, so that a table can hold them.
 *
 * <p>Covers {@link Discrete}, {@link MultiDiscrete}, {@link MultiBinary} and any nesting of them:
 * the index is the mixed-radix number whose last part varies fastest. Immutable.
 */
public final class ProductIndex {
  private final int size;
  private final int intStride;
  private final int byteStride;
  private final int[] starts;
  private final int[] intWeights;
  private final int[] byteWeights;
  private final int firstStart;
  private final boolean single;

  private ProductIndex(int size, int[] starts, int[] intWeights, int[] byteWeights) {
    this.size = size;
    this.starts = starts;
    this.intWeights = intWeights;
    this.byteWeights = byteWeights;
    this.intStride = intWeights.length;
    this.byteStride = byteWeights.length;
    this.single = intStride == 1 && byteStride == 0;
    this.firstStart = single ? starts[0] : 0;
  }

  /** The numbering of a space, or empty if it is not finite or has more than 2^31 − 1 values. */
  public static Optional<ProductIndex> of(Space space) {
    Layout layout = space.layout();
    int[] starts = new int[layout.ints()];
    int[] intWeights = new int[layout.ints()];
    int[] byteWeights = new int[layout.bytes()];
    long weight = 1;
    for (int l = layout.leaves().size() - 1; l >= 0; l--) {
      Leaf leaf = layout.leaves().get(l);
      for (int i = leaf.width() - 1; i >= 0; i--) {
        int at = leaf.offset() + i;
        if (leaf.space() instanceof Box) {
          return Optional.empty();
        }
        if (leaf.dtype() == DType.INT32) {
          starts[at] = leaf.start(i);
          intWeights[at] = (int) weight;
        } else {
          byteWeights[at] = (int) weight;
        }
        weight *= leaf.count(i);
        if (weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new ProductIndex((int) weight, starts, intWeights, byteWeights));
  }

  /** Returns the number of values. */
  public int size() {
    return size;
  }

  /** The number of the value in a row, in [0, {@link #size()}). */
  public int of(Columns columns, int row) {
    if (single) {
      return columns.ints()[row] - firstStart;
    }
    int index = 0;
    int[] ints = columns.ints();
    for (int i = 0, at = row * intStride; i < intStride; i++, at++) {
      index += (ints[at] - starts[i]) * intWeights[i];
    }
    byte[] bytes = columns.bytes();
    for (int i = 0, at = row * byteStride; i < byteStride; i++, at++) {
      index += bytes[at] * byteWeights[i];
    }
    return index;
  }

  /** Writes the value that has a number into a row: the inverse of {@link #of(Columns, int)}. */
  public void set(int index, Columns into, int row) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("index must be in [0, " + size + "), was " + index);
    }
    int rest = index;
    // The largest weight first; parts of one value carry weight equal to their neighbour's and take
    // 0.
    List<Leaf> leaves = into.layout().leaves();
    for (int l = 0; l < leaves.size(); l++) {
      Leaf leaf = leaves.get(l);
      for (int i = 0; i < leaf.width(); i++) {
        int at = leaf.offset() + i;
        if (leaf.dtype() == DType.INT32) {
          int digit = rest / intWeights[at];
          into.ints()[row * intStride + at] = starts[at] + digit;
          rest -= digit * intWeights[at];
        } else {
          int digit = rest / byteWeights[at];
          into.bytes()[row * byteStride + at] = (byte) digit;
          rest -= digit * byteWeights[at];
        }
      }
    }
  }
}
