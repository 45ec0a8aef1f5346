package org.bellmanrl.tabular.linear;

/** Solves linear equations by Gaussian elimination with partial pivoting. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * Solves A x = b in place.
   *
   * @param a the square matrix, line by line; is used up
   * @param b the right side; becomes x
   * @throws IllegalStateException if A is singular
   */
  static void solve(double[] a, double[] b) {
    int n = b.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int line = column + 1; line < n; line++) {
        if (Math.abs(a[line * n + column]) > Math.abs(a[pivot * n + column])) {
          pivot = line;
        }
      }
      if (!(Math.abs(a[pivot * n + column]) > 0)) {
        throw new IllegalStateException(
            "the equations of %d features are singular at %d; raise the regularisation"
                .formatted(n, column));
      }
      swap(a, b, column, pivot);
      for (int line = column + 1; line < n; line++) {
        double factor = a[line * n + column] / a[column * n + column];
        if (factor != 0) {
          for (int j = column; j < n; j++) {
            a[line * n + j] -= factor * a[column * n + j];
          }
          b[line] -= factor * b[column];
        }
      }
    }
    for (int line = n - 1; line >= 0; line--) {
      double sum = b[line];
      for (int j = line + 1; j < n; j++) {
        sum -= a[line * n + j] * b[j];
      }
      b[line] = sum / a[line * n + line];
    }
  }

  private static void swap(double[] a, double[] b, int one, int other) {
    if (one == other) {
      return;
    }
    int n = b.length;
    for (int j = 0; j < n; j++) {
      double kept = a[one * n + j];
      a[one * n + j] = a[other * n + j];
      a[other * n + j] = kept;
    }
    double kept = b[one];
    b[one] = b[other];
    b[other] = kept;
  }
}
