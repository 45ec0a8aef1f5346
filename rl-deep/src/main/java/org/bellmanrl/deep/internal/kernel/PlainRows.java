package org.bellmanrl.deep.internal.kernel;

/** Rows in plain Java. */
final class PlainRows implements Rows {
  @Override
  public void addRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < length; i++) {
        y[yAt + r * yRow + i] += x[xAt + r * xRow + i];
      }
    }
  }
}
