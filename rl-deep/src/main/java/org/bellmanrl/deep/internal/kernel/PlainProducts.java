package org.bellmanrl.deep.internal.kernel;

/**
 * Products in plain Java, for every machine.
 *
 * <p>Blocks of 4 × 4 accumulators in registers: a loop over the columns, which the compiler could
 * turn into vectors, it does not, because it cannot know that the arrays differ.
 */
final class PlainProducts implements Products {
  private static final int BLOCK = 4;

  @Override
  public void multiply(
      int rows,
      int columns,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      int bColumn,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow,
      boolean rectify) {
    int bStep = Math.max(1, bColumn); // What is packed lies as before.
    for (int n = 0; n < columns; n += BLOCK) {
      int r = 0;
      for (; r + BLOCK <= rows; r += BLOCK) {
        block4x4(
            inner,
            a,
            aAt + r * aRow,
            aRow,
            aInner,
            b,
            bAt + n * bStep,
            bRow,
            bStep,
            s,
            sAt + r * sRow + n,
            sRow,
            c,
            cAt + r * cRow + n,
            cRow,
            rectify);
      }
      for (; r < rows; r++) {
        block1x4(
            inner,
            a,
            aAt + r * aRow,
            aInner,
            b,
            bAt + n * bStep,
            bRow,
            bStep,
            s,
            sAt + r * sRow + n,
            c,
            cAt + r * cRow + n,
            rectify);
      }
    }
  }

  /** Four rows of four columns. */
  private static void block4x4(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      int bColumn,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow,
      boolean rectify) {
    float c00 = s[sAt];
    float c01 = s[sAt + 1];
    float c02 = s[sAt + 2];
    float c03 = s[sAt + 3];
    float c10 = s[sAt + sRow];
    float c11 = s[sAt + sRow + 1];
    float c12 = s[sAt + sRow + 2];
    float c13 = s[sAt + sRow + 3];
    float c20 = s[sAt + 2 * sRow];
    float c21 = s[sAt + 2 * sRow + 1];
    float c22 = s[sAt + 2 * sRow + 2];
    float c23 = s[sAt + 2 * sRow + 3];
    float c30 = s[sAt + 3 * sRow];
    float c31 = s[sAt + 3 * sRow + 1];
    float c32 = s[sAt + 3 * sRow + 2];
    float c33 = s[sAt + 3 * sRow + 3];
    int a0 = aAt;
    int a1 = a0 + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      float b0 = b[at];
      float b1 = b[at + bColumn];
      float b2 = b[at + 2 * bColumn];
      float b3 = b[at + 3 * bColumn];
      float x0 = a[a0];
      c00 = Math.fma(x0, b0, c00);
      c01 = Math.fma(x0, b1, c01);
      c02 = Math.fma(x0, b2, c02);
      c03 = Math.fma(x0, b3, c03);
      a0 += aInner;
      float x1 = a[a1];
      c10 = Math.fma(x1, b0, c10);
      c11 = Math.fma(x1, b1, c11);
      c12 = Math.fma(x1, b2, c12);
      c13 = Math.fma(x1, b3, c13);
      a1 += aInner;
      float x2 = a[a2];
      c20 = Math.fma(x2, b0, c20);
      c21 = Math.fma(x2, b1, c21);
      c22 = Math.fma(x2, b2, c22);
      c23 = Math.fma(x2, b3, c23);
      a2 += aInner;
      float x3 = a[a3];
      c30 = Math.fma(x3, b0, c30);
      c31 = Math.fma(x3, b1, c31);
      c32 = Math.fma(x3, b2, c32);
      c33 = Math.fma(x3, b3, c33);
      a3 += aInner;
      at += bRow;
    }
    if (rectify) {
      c00 = Kernel.rectified(c00);
      c01 = Kernel.rectified(c01);
      c02 = Kernel.rectified(c02);
      c03 = Kernel.rectified(c03);
      c10 = Kernel.rectified(c10);
      c11 = Kernel.rectified(c11);
      c12 = Kernel.rectified(c12);
      c13 = Kernel.rectified(c13);
      c20 = Kernel.rectified(c20);
      c21 = Kernel.rectified(c21);
      c22 = Kernel.rectified(c22);
      c23 = Kernel.rectified(c23);
      c30 = Kernel.rectified(c30);
      c31 = Kernel.rectified(c31);
      c32 = Kernel.rectified(c32);
      c33 = Kernel.rectified(c33);
    }
    c[cAt] = c00;
    c[cAt + 1] = c01;
    c[cAt + 2] = c02;
    c[cAt + 3] = c03;
    c[cAt + cRow] = c10;
    c[cAt + cRow + 1] = c11;
    c[cAt + cRow + 2] = c12;
    c[cAt + cRow + 3] = c13;
    c[cAt + 2 * cRow] = c20;
    c[cAt + 2 * cRow + 1] = c21;
    c[cAt + 2 * cRow + 2] = c22;
    c[cAt + 2 * cRow + 3] = c23;
    c[cAt + 3 * cRow] = c30;
    c[cAt + 3 * cRow + 1] = c31;
    c[cAt + 3 * cRow + 2] = c32;
    c[cAt + 3 * cRow + 3] = c33;
  }

  /** One row of four columns. */
  private static void block1x4(
      int inner,
      float[] a,
      int aAt,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      int bColumn,
      float[] s,
      int sAt,
      float[] c,
      int cAt,
      boolean rectify) {
    float c00 = s[sAt];
    float c01 = s[sAt + 1];
    float c02 = s[sAt + 2];
    float c03 = s[sAt + 3];
    int a0 = aAt;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      float b0 = b[at];
      float b1 = b[at + bColumn];
      float b2 = b[at + 2 * bColumn];
      float b3 = b[at + 3 * bColumn];
      float x0 = a[a0];
      c00 = Math.fma(x0, b0, c00);
      c01 = Math.fma(x0, b1, c01);
      c02 = Math.fma(x0, b2, c02);
      c03 = Math.fma(x0, b3, c03);
      a0 += aInner;
      at += bRow;
    }
    if (rectify) {
      c00 = Kernel.rectified(c00);
      c01 = Kernel.rectified(c01);
      c02 = Kernel.rectified(c02);
      c03 = Kernel.rectified(c03);
    }
    c[cAt] = c00;
    c[cAt + 1] = c01;
    c[cAt + 2] = c02;
    c[cAt + 3] = c03;
  }

  @Override
  public void multiplyNarrow(
      int rows,
      int columns,
      int inner,
      float[] a,
      int aRow,
      float[] b,
      int bAt,
      float[] s,
      int sAt,
      float[] c,
      int cRow,
      boolean rectify) {
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < columns; n++) {
        float sum = s[sAt + n] + dot(inner, a, r * aRow, b, bAt + n * inner);
        c[r * cRow + n] = rectify ? Kernel.rectified(sum) : sum;
      }
    }
  }

  /** The tree that adding in halves is, from its root. */
  private static float dot(int inner, float[] a, int aAt, float[] b, int bAt) {
    return quarters(inner, a, aAt, b, bAt, 0) + quarters(inner, a, aAt, b, bAt, 1);
  }

  /** The even partial sums, or the odd ones. */
  private static float quarters(int inner, float[] a, int aAt, float[] b, int bAt, int lane) {
    return (pair(inner, a, aAt, b, bAt, lane) + pair(inner, a, aAt, b, bAt, lane + 4))
        + (pair(inner, a, aAt, b, bAt, lane + 2) + pair(inner, a, aAt, b, bAt, lane + 6));
  }

  /** Partial sums {@code lane} and {@code lane + 8}. */
  private static float pair(int inner, float[] a, int aAt, float[] b, int bAt, int lane) {
    float lower = 0;
    float upper = 0;
    for (int k = lane; k < inner; k += Kernel.WIDTH) {
      lower = Math.fma(a[aAt + k], b[bAt + k], lower);
      upper = Math.fma(a[aAt + k + Kernel.WIDTH / 2], b[bAt + k + Kernel.WIDTH / 2], upper);
    }
    return lower + upper;
  }

  @Override
  public void multiplyListed(
      int rows,
      int columns,
      int[] ends,
      int[] listed,
      float[] factors,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    int at = 0;
    for (int r = 0; r < rows; r++) {
      int to = cAt + r * cRow;
      for (int n = 0; n < columns; n++) {
        c[to + n] = s[sAt + r * sRow + n] + 0f;
      }
      for (; at < ends[r]; at++) {
        int from = bAt + listed[at] * bRow;
        for (int n = 0; n < columns; n++) {
          c[to + n] = Math.fma(factors[at], b[from + n], c[to + n]);
        }
      }
    }
  }
}
