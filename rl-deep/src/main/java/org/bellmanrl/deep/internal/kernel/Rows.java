package org.bellmanrl.deep.internal.kernel;

/** What moves rows of matrices and adds them. */
public interface Rows {
  /** Writes the transpose of {@code rows × columns} numbers, without padding on either side. */
  default void transpose(
      int rows, int columns, float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    // In strips, so that the lines that are written stay in the nearest cache.
    for (int r0 = 0; r0 < rows; r0 += Kernel.WIDTH) {
      int r1 = Math.min(r0 + Kernel.WIDTH, rows);
      for (int n = 0; n < columns; n++) {
        for (int r = r0; r < r1; r++) {
          t[tAt + n * tRow + r] = w[wAt + r * wRow + n];
        }
      }
    }
  }

  /** Copies rows of {@code length} numbers. */
  default void copyRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xAt + r * xRow, y, yAt + r * yRow, length);
    }
  }

  /**
   * Lists what is not zero among {@code length} numbers, in order: places counted from the first,
   * and the numbers themselves.
   *
   * @param at where both lists go on
   * @param room how many there may be
   * @return how many there are; −1 if there are more than {@code room}
   */
  default int listNonZero(
      int length, float[] x, int xAt, int[] places, float[] numbers, int at, int room) {
    return listRest(0, length, x, xAt, places, numbers, at, at, at + room);
  }

  /** Goes on listing at a place, behind the numbers that are already listed from a start on. */
  static int listRest(
      int first,
      int length,
      float[] x,
      int xAt,
      int[] places,
      float[] numbers,
      int start,
      int at,
      int end) {
    int to = at;
    for (int i = first; i < length; i++) {
      float number = x[xAt + i];
      if (number != 0f) {
        if (to == end) {
          return -1;
        }
        places[to] = i;
        numbers[to++] = number;
      }
    }
    return to - start;
  }

  /** y = y + x for rows of {@code length} numbers. */
  void addRows(int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow);
}
