package org.bellmanrl.api.space;

import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StatefulRows;

/**
 * One value of a space per row, stored in place.
 *
 * <p>Row {@code r} of an elementary Box of width {@code w} is {@code floats()[r * w]} to {@code
 * floats()[r * w + w - 1]}: rows are contiguous, so a batch is a matrix. The arrays belong to this
 * object. A row is written by the environment or actor that the loop passes it to, and no code
 * keeps the arrays across steps. Not safe for concurrent writes to the same row; different rows may
 * be written by different threads.
 */
public final class Columns implements StatefulRows {
  private final Space space;
  private final Layout layout;
  private final int rows;
  private final int intStride;
  private final int floatStride;
  private final int byteStride;
  private final int[] ints;
  private final float[] floats;
  private final byte[] bytes;

  /**
   * Creates zeroed columns.
   *
   * @param space what a row holds
   * @param rows number of rows, at least 1
   */
  public Columns(Space space, int rows) {
    Require.atLeast("rows", rows, 1);
    this.space = space;
    this.layout = space.layout();
    this.rows = rows;
    this.intStride = layout.ints();
    this.floatStride = layout.floats();
    this.byteStride = layout.bytes();
    String what = "%d rows of %s".formatted(rows, space);
    Require.memory(what, (4.0 * intStride + 4.0 * floatStride + byteStride) * rows);
    this.ints = new int[length(what, intStride, rows)];
    this.floats = new float[length(what, floatStride, rows)];
    this.bytes = new byte[length(what, byteStride, rows)];
  }

  private static int length(String what, int stride, int rows) {
    long length = (long) stride * rows;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(what + " do not fit into an array");
    }
    return (int) length;
  }

  /** Returns the space of every row. */
  public Space space() {
    return space;
  }

  /** Returns the layout of a row. */
  public Layout layout() {
    return layout;
  }

  /** Number of rows. */
  @Override
  public int rows() {
    return rows;
  }

  /** All rows' ints; a row takes {@link Layout#ints()}. */
  public int[] ints() {
    return ints;
  }

  /** All rows' floats; a row takes {@link Layout#floats()}. */
  public float[] floats() {
    return floats;
  }

  /** All rows' bytes; a row takes {@link Layout#bytes()}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Copies a row of {@code source}, which has the same space, into a row of this. */
  public void copyRow(Columns source, int sourceRow, int row) {
    if (intStride == 1) {
      ints[row] = source.ints[sourceRow];
    } else {
      System.arraycopy(source.ints, sourceRow * intStride, ints, row * intStride, intStride);
    }
    if (floatStride > 0) {
      System.arraycopy(
          source.floats, sourceRow * floatStride, floats, row * floatStride, floatStride);
    }
    if (byteStride > 0) {
      System.arraycopy(source.bytes, sourceRow * byteStride, bytes, row * byteStride, byteStride);
    }
  }

  @Override
  public void carry(State state, int row) {
    state.begin("columns", 1);
    state.carry("ints", ints, row * intStride, intStride);
    state.carry("floats", floats, row * floatStride, floatStride);
    state.carry("bytes", bytes, row * byteStride, byteStride);
    state.end();
  }

  /**
   * The value of one row as text, for messages: {@code 3}, {@code [0.1, -2.0]}, {@code (14, 10,
   * 0)}.
   */
  public String text(int row) {
    return Leaves.text(space, layout, this, row);
  }
}
