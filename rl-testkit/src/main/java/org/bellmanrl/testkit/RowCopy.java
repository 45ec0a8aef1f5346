package org.bellmanrl.testkit;

import java.util.Arrays;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.jspecify.annotations.Nullable;

/** A copy of one row of columns. */
final class RowCopy {
  private final Layout layout;
  private final int[] ints;
  private final float[] floats;
  private final byte[] bytes;

  RowCopy(Columns columns, int row) {
    this.layout = columns.layout();
    this.ints = part(columns.ints(), row, layout.ints());
    this.floats = part(columns.floats(), row, layout.floats());
    this.bytes = part(columns.bytes(), row, layout.bytes());
  }

  private static int[] part(int[] all, int row, int width) {
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  private static float[] part(float[] all, int row, int width) {
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  private static byte[] part(byte[] all, int row, int width) {
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  /** The first element that differs, bit for bit; null if none does. */
  @Nullable Difference difference(String name, RowCopy actual) {
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        if (bits(leaf, i) != actual.bits(leaf, i)) {
          return new Difference(element(name, leaf, i), text(leaf, i), actual.text(leaf, i));
        }
      }
    }
    return null;
  }

  /** How messages call an element: {@code observation[2]}, {@code observation/arm[0]}. */
  static String element(String name, Leaf leaf, int i) {
    String path = leaf.path().isEmpty() ? name : name + "/" + leaf.path();
    return leaf.width() == 1 ? path : path + "[" + i + "]";
  }

  private int bits(Leaf leaf, int i) {
    int at = leaf.offset() + i;
    return switch (leaf.dtype()) {
      case INT32 -> ints[at];
      case FLOAT32 -> Float.floatToIntBits(floats[at]);
      case UINT8 -> bytes[at];
    };
  }

  String text(Leaf leaf, int i) {
    int at = leaf.offset() + i;
    return switch (leaf.dtype()) {
      case INT32 -> Integer.toString(ints[at]);
      case FLOAT32 -> Float.toString(floats[at]);
      case UINT8 -> Integer.toString(bytes[at] & 0xFF);
    };
  }

  /** Writes the sample into the first row of columns of its space. */
  void write(Columns into) {
    System.arraycopy(ints, 0, into.ints(), 0, ints.length);
    System.arraycopy(floats, 0, into.floats(), 0, floats.length);
    System.arraycopy(bytes, 0, into.bytes(), 0, bytes.length);
  }

  void hash(Hash hash) {
    for (int value : ints) {
      hash.add(value);
    }
    for (float value : floats) {
      hash.add(Float.floatToIntBits(value));
    }
    for (byte value : bytes) {
      hash.add(value);
    }
  }

  /** The whole row, one element after the other. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (Leaf leaf : layout.leaves()) {
      for (int i = 0; i < leaf.width(); i++) {
        text.append(text.length() == 1 ? "" : ", ").append(text(leaf, i));
      }
    }
    return text.append(']').toString();
  }
}
