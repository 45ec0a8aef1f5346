package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Rows by the Vector API. */
final class VectorRows implements Rows {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

  @Override
  public void transpose(
      int rows, int columns, float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    if (L < 8) {
      Rows.super.transpose(rows, columns, w, wAt, wRow, t, tAt, tRow);
      return;
    }
    int fullRows = rows / L * L;
    int fullColumns = columns / L * L;
    for (int n = 0; n < fullColumns; n += L) {
      for (int r = 0; r < fullRows; r += L) {
        int from = wAt + r * wRow + n;
        int to = tAt + n * tRow + r;
        if (L == Kernel.WIDTH) {
          VectorSquares.transpose16(w, from, wRow, t, to, tRow);
        } else {
          VectorSquares.transpose8(w, from, wRow, t, to, tRow);
        }
      }
    }
    for (int n = 0; n < columns; n++) {
      for (int r = n < fullColumns ? fullRows : 0; r < rows; r++) {
        t[tAt + n * tRow + r] = w[wAt + r * wRow + n];
      }
    }
  }

  @Override
  public void copyRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * xRow;
      int to = yAt + r * yRow;
      int i = 0;
      for (; i + L <= length; i += L) {
        FloatVector.fromArray(WIDE, x, from + i).intoArray(y, to + i);
      }
      for (; i < length; i++) {
        y[to + i] = x[from + i];
      }
    }
  }

  @Override
  public int listNonZero(
      int length, float[] x, int xAt, int[] places, float[] numbers, int at, int room) {
    int to = at;
    int end = at + room;
    int i = 0;
    for (; i + L <= length; i += L) {
      long found = FloatVector.fromArray(WIDE, x, xAt + i).compare(VectorOperators.NE, 0f).toLong();
      for (; found != 0; found &= found - 1) {
        if (to == end) {
          return -1;
        }
        int place = i + Long.numberOfTrailingZeros(found);
        places[to] = place;
        numbers[to++] = x[xAt + place];
      }
    }
    return Rows.listRest(i, length, x, xAt, places, numbers, at, to, end);
  }

  @Override
  public void addRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * xRow;
      int to = yAt + r * yRow;
      int i = 0;
      for (; i + L <= length; i += L) {
        FloatVector.fromArray(WIDE, y, to + i)
            .add(FloatVector.fromArray(WIDE, x, from + i))
            .intoArray(y, to + i);
      }
      for (; i < length; i++) {
        y[to + i] += x[from + i];
      }
    }
  }
}
