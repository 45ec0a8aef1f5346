package org.bellmanrl.api;

import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Space;

/**
 * Reads one row of columns.
 *
 * <p>Methods without a leaf address the only part of an elementary space. Parts of a {@code Tuple}
 * or {@code Dict} are addressed by their position in {@link Layout#leaves()}. A cursor is valid
 * during the call it is handed to; keep the values, not the cursor.
 */
abstract sealed class Cursor permits Observation, Action {
  final Space space;
  final Layout layout;
  final int intStride;
  final int floatStride;
  final int byteStride;

  int row;
  int[] ints;
  float[] floats;
  byte[] bytes;
  int intBase;
  int floatBase;
  int byteBase;

  private Columns columns;

  Cursor(Columns columns) {
    this.columns = columns;
    this.space = columns.space();
    this.layout = columns.layout();
    this.intStride = layout.ints();
    this.floatStride = layout.floats();
    this.byteStride = layout.bytes();
    this.ints = columns.ints();
    this.floats = columns.floats();
    this.bytes = columns.bytes();
  }

  final void bind(Columns other) {
    if (other == columns) {
      return;
    }
    columns = other;
    ints = other.ints();
    floats = other.floats();
    bytes = other.bytes();
  }

  final void move(int toRow) {
    if (toRow == row) {
      return;
    }
    row = toRow;
    intBase = toRow * intStride;
    floatBase = toRow * floatStride;
    byteBase = toRow * byteStride;
  }

  /** The space of the row. */
  public final Space space() {
    return space;
  }

  /** The number of the row: which of the loop's environments this is. */
  public final int row() {
    return row;
  }

  /** The value of a {@code Discrete} space, its start included. */
  public final int discrete() {
    if (intStride == 0) {
      throw wrongKind("an integer");
    }
    return ints[intBase];
  }

  /** Element {@code i} of a {@code MultiDiscrete} space. */
  public final int discrete(int i) {
    return ints[intBase + check(i, intStride)];
  }

  /** Element {@code i} of a float32 {@code Box}. */
  public final float get(int i) {
    return floats[floatBase + check(i, floatStride)];
  }

  /** Element {@code i} of a uint8 {@code Box} (0 to 255) or of a {@code MultiBinary} (0 or 1). */
  public final int unsigned(int i) {
    return bytes[byteBase + check(i, byteStride)] & 0xFF;
  }

  /** Element {@code i} of the integers of a nested part. */
  public final int discreteOf(int leaf, int i) {
    return ints[intBase + at(leaf, DType.INT32, i)];
  }

  /** Element {@code i} of the floats of a nested part. */
  public final float getOf(int leaf, int i) {
    return floats[floatBase + at(leaf, DType.FLOAT32, i)];
  }

  /** Element {@code i} of the bytes of a nested part. */
  public final int unsignedOf(int leaf, int i) {
    return bytes[byteBase + at(leaf, DType.UINT8, i)] & 0xFF;
  }

  final int check(int i, int width) {
    if (i < 0 || i >= width) {
      throw outOfRange(i, width);
    }
    return i;
  }

  final int at(int leaf, DType dtype, int i) {
    Leaf part = layout.leaves().get(leaf);
    if (part.dtype() != dtype) {
      throw new IllegalArgumentException(
          "part '%s' of %s holds %s, not %s".formatted(part.path(), space, part.dtype(), dtype));
    }
    return part.offset() + check(i, part.width());
  }

  final IllegalArgumentException wrongKind(String what) {
    return new IllegalArgumentException(space + " does not hold " + what);
  }

  private IllegalArgumentException outOfRange(int i, int width) {
    return new IllegalArgumentException(
        width == 0
            ? space + " holds no elements of this type"
            : "element must be in [0, %d) of %s, was %d".formatted(width, space, i));
  }
}
