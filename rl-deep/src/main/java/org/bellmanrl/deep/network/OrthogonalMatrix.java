package org.bellmanrl.deep.network;

import org.bellmanrl.api.random.RandomStream;

/**
 * Random orthogonal matrices by Gram and Schmidt's method on Gaussian vectors.
 *
 * <p>Every vector passes all before it twice: once leaves what rounding put in, twice is enough
 * (Kahan, Parlett). The sums of a product are added in the order of their terms, each addition
 * waiting for the one before; in the first pass {@value #GROUP} vectors are read side by side, so
 * that eight of these chains run at once.
 */
final class OrthogonalMatrix {
  private static final int GROUP = 8;

  private OrthogonalMatrix() {}

  /** Fills a block so that its columns, or its rows if they are fewer, are orthogonal. */
  static void fill(float[] parameters, ParameterBlock block, double gain, RandomStream random) {
    boolean byColumn = block.columns() <= block.rows();
    int count = byColumn ? block.columns() : block.rows();
    int length = byColumn ? block.rows() : block.columns();
    double[][] vectors = new double[count][length];
    for (double[] vector : vectors) {
      random.fillStandardNormal(vector, 0, length);
    }
    makeOrthonormal(vectors);
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        int row = byColumn ? k : i;
        int column = byColumn ? i : k;
        parameters[block.index(row, column)] = (float) (gain * vectors[i][k]);
      }
    }
  }

  private static void makeOrthonormal(double[][] vectors) {
    int grouped = vectors.length / GROUP * GROUP;
    double[] dots = new double[GROUP];
    for (int i = 0; i < vectors.length; i++) {
      int before = i < grouped ? i / GROUP * GROUP : 0;
      if (i < grouped && i == before) {
        for (int j = 0; j < before; j++) {
          dots(vectors, before, vectors[j], dots);
          for (int g = 0; g < GROUP; g++) {
            subtract(vectors[before + g], dots[g], vectors[j]);
          }
        }
      }
      double[] vector = vectors[i];
      for (int j = before; j < i; j++) {
        subtract(vector, dot(vector, vectors[j]), vectors[j]);
      }
      for (int j = 0; j < i; j++) {
        subtract(vector, dot(vector, vectors[j]), vectors[j]);
      }
      double norm = Math.sqrt(dot(vector, vector));
      for (int k = 0; k < vector.length; k++) {
        vector[k] /= norm;
      }
    }
  }

  /** The products of one vector with {@value #GROUP} that follow one another. */
  private static void dots(double[][] vectors, int first, double[] other, double[] dots) {
    double[] v0 = vectors[first];
    double[] v1 = vectors[first + 1];
    double[] v2 = vectors[first + 2];
    double[] v3 = vectors[first + 3];
    double[] v4 = vectors[first + 4];
    double[] v5 = vectors[first + 5];
    double[] v6 = vectors[first + 6];
    double[] v7 = vectors[first + 7];
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    double sum5 = 0;
    double sum6 = 0;
    double sum7 = 0;
    for (int k = 0; k < other.length; k++) {
      double factor = other[k];
      sum0 += v0[k] * factor;
      sum1 += v1[k] * factor;
      sum2 += v2[k] * factor;
      sum3 += v3[k] * factor;
      sum4 += v4[k] * factor;
      sum5 += v5[k] * factor;
      sum6 += v6[k] * factor;
      sum7 += v7[k] * factor;
    }
    dots[0] = sum0;
    dots[1] = sum1;
    dots[2] = sum2;
    dots[3] = sum3;
    dots[4] = sum4;
    dots[5] = sum5;
    dots[6] = sum6;
    dots[7] = sum7;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void subtract(double[] vector, double factor, double[] other) {
    for (int k = 0; k < vector.length; k++) {
      vector[k] -= factor * other[k];
    }
  }
}
