package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;

/** Random orthogonal matrices by Gram and Schmidt's method on Gaussian vectors. */
final class OrthogonalMatrix {
  private OrthogonalMatrix() {}

  /** Fills a block so that its columns, or its rows if they are fewer, are orthogonal. */
  static void fill(float[] parameters, ParameterBlock block, double gain, RandomStream random) {
    boolean byColumn = block.columns() <= block.rows();
    int count = byColumn ? block.columns() : block.rows();
    int length = byColumn ? block.rows() : block.columns();
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      double[] vector = vectors[i];
      random.fillStandardNormal(vector, 0, length);
      // Twice is enough (Kahan, Parlett): once leaves what rounding put in.
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double[] other = vectors[j];
          double dot = dot(vector, other);
          for (int k = 0; k < length; k++) {
            vector[k] -= dot * other[k];
          }
        }
      }
      double norm = Math.sqrt(dot(vector, vector));
      for (int k = 0; k < length; k++) {
        vector[k] /= norm;
        int row = byColumn ? k : i;
        int column = byColumn ? i : k;
        parameters[block.index(row, column)] = (float) (gain * vector[k]);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
