package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The blocks of a matrix product that fit into registers: {@link Kernel#multiply} for a few rows
 * and a few vectors of columns.
 *
 * <p>A block of several rows is compiled on its own: its bytecode is longer than what HotSpot
 * inlines (325 bytes). And it has fewer than some 65 vector operations, after which HotSpot stops
 * inlining these and makes objects of vectors; so nothing is added to it. The blocks of one row are
 * inlined into the one caller that they have.
 */
final class VectorBlocks {
  private static final VectorSpecies<Float> WIDE = VectorKernel.WIDE;
  private static final int L = WIDE.length();

  private VectorBlocks() {}

  /** Four rows of four vectors. */
  static void block4x4(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00 = FloatVector.fromArray(WIDE, s, sAt);
    FloatVector c01 = FloatVector.fromArray(WIDE, s, sAt + L);
    FloatVector c02 = FloatVector.fromArray(WIDE, s, sAt + 2 * L);
    FloatVector c03 = FloatVector.fromArray(WIDE, s, sAt + 3 * L);
    FloatVector c10 = FloatVector.fromArray(WIDE, s, sAt + sRow);
    FloatVector c11 = FloatVector.fromArray(WIDE, s, sAt + sRow + L);
    FloatVector c12 = FloatVector.fromArray(WIDE, s, sAt + sRow + 2 * L);
    FloatVector c13 = FloatVector.fromArray(WIDE, s, sAt + sRow + 3 * L);
    FloatVector c20 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow);
    FloatVector c21 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow + L);
    FloatVector c22 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow + 2 * L);
    FloatVector c23 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow + 3 * L);
    FloatVector c30 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow);
    FloatVector c31 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow + L);
    FloatVector c32 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow + 2 * L);
    FloatVector c33 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow + 3 * L);
    int a0 = aAt;
    int a1 = a0 + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(WIDE, b, at);
      FloatVector b1 = FloatVector.fromArray(WIDE, b, at + L);
      FloatVector b2 = FloatVector.fromArray(WIDE, b, at + 2 * L);
      FloatVector b3 = FloatVector.fromArray(WIDE, b, at + 3 * L);
      FloatVector x0 = FloatVector.broadcast(WIDE, a[a0]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      a0 += aInner;
      FloatVector x1 = FloatVector.broadcast(WIDE, a[a1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      a1 += aInner;
      FloatVector x2 = FloatVector.broadcast(WIDE, a[a2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      a2 += aInner;
      FloatVector x3 = FloatVector.broadcast(WIDE, a[a3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      a3 += aInner;
      at += bRow;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + L);
    c02.intoArray(c, cAt + 2 * L);
    c03.intoArray(c, cAt + 3 * L);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + L);
    c12.intoArray(c, cAt + cRow + 2 * L);
    c13.intoArray(c, cAt + cRow + 3 * L);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + L);
    c22.intoArray(c, cAt + 2 * cRow + 2 * L);
    c23.intoArray(c, cAt + 2 * cRow + 3 * L);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + L);
    c32.intoArray(c, cAt + 3 * cRow + 2 * L);
    c33.intoArray(c, cAt + 3 * cRow + 3 * L);
  }

  /** Four rows of two vectors. */
  static void block4x2(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c00 = FloatVector.fromArray(WIDE, s, sAt);
    FloatVector c01 = FloatVector.fromArray(WIDE, s, sAt + L);
    FloatVector c10 = FloatVector.fromArray(WIDE, s, sAt + sRow);
    FloatVector c11 = FloatVector.fromArray(WIDE, s, sAt + sRow + L);
    FloatVector c20 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow);
    FloatVector c21 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow + L);
    FloatVector c30 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow);
    FloatVector c31 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow + L);
    int a0 = aAt;
    int a1 = a0 + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(WIDE, b, at);
      FloatVector b1 = FloatVector.fromArray(WIDE, b, at + L);
      FloatVector x0 = FloatVector.broadcast(WIDE, a[a0]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      a0 += aInner;
      FloatVector x1 = FloatVector.broadcast(WIDE, a[a1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      a1 += aInner;
      FloatVector x2 = FloatVector.broadcast(WIDE, a[a2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      a2 += aInner;
      FloatVector x3 = FloatVector.broadcast(WIDE, a[a3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      a3 += aInner;
      at += bRow;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + L);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + L);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + L);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + L);
  }

  /** Eight rows of one vector. */
  static void block8x1(
      int inner,
      float[] a,
      int aAt,
      int aRow,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector c0 = FloatVector.fromArray(WIDE, s, sAt);
    FloatVector c1 = FloatVector.fromArray(WIDE, s, sAt + sRow);
    FloatVector c2 = FloatVector.fromArray(WIDE, s, sAt + 2 * sRow);
    FloatVector c3 = FloatVector.fromArray(WIDE, s, sAt + 3 * sRow);
    FloatVector c4 = FloatVector.fromArray(WIDE, s, sAt + 4 * sRow);
    FloatVector c5 = FloatVector.fromArray(WIDE, s, sAt + 5 * sRow);
    FloatVector c6 = FloatVector.fromArray(WIDE, s, sAt + 6 * sRow);
    FloatVector c7 = FloatVector.fromArray(WIDE, s, sAt + 7 * sRow);
    int a0 = aAt;
    int a1 = a0 + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    int a6 = a5 + aRow;
    int a7 = a6 + aRow;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector v = FloatVector.fromArray(WIDE, b, at);
      c0 = FloatVector.broadcast(WIDE, a[a0]).fma(v, c0);
      a0 += aInner;
      c1 = FloatVector.broadcast(WIDE, a[a1]).fma(v, c1);
      a1 += aInner;
      c2 = FloatVector.broadcast(WIDE, a[a2]).fma(v, c2);
      a2 += aInner;
      c3 = FloatVector.broadcast(WIDE, a[a3]).fma(v, c3);
      a3 += aInner;
      c4 = FloatVector.broadcast(WIDE, a[a4]).fma(v, c4);
      a4 += aInner;
      c5 = FloatVector.broadcast(WIDE, a[a5]).fma(v, c5);
      a5 += aInner;
      c6 = FloatVector.broadcast(WIDE, a[a6]).fma(v, c6);
      a6 += aInner;
      c7 = FloatVector.broadcast(WIDE, a[a7]).fma(v, c7);
      a7 += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cRow);
    c2.intoArray(c, cAt + 2 * cRow);
    c3.intoArray(c, cAt + 3 * cRow);
    c4.intoArray(c, cAt + 4 * cRow);
    c5.intoArray(c, cAt + 5 * cRow);
    c6.intoArray(c, cAt + 6 * cRow);
    c7.intoArray(c, cAt + 7 * cRow);
  }

  /** One row of four vectors. */
  static void row4(
      int inner,
      float[] a,
      int aAt,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.fromArray(WIDE, s, sAt);
    FloatVector c1 = FloatVector.fromArray(WIDE, s, sAt + L);
    FloatVector c2 = FloatVector.fromArray(WIDE, s, sAt + 2 * L);
    FloatVector c3 = FloatVector.fromArray(WIDE, s, sAt + 3 * L);
    int from = aAt;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(WIDE, a[from]);
      c0 = x.fma(FloatVector.fromArray(WIDE, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(WIDE, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(WIDE, b, at + 2 * L), c2);
      c3 = x.fma(FloatVector.fromArray(WIDE, b, at + 3 * L), c3);
      from += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + L);
    c2.intoArray(c, cAt + 2 * L);
    c3.intoArray(c, cAt + 3 * L);
  }

  /** One row of one vector. */
  static void row1(
      int inner,
      float[] a,
      int aAt,
      int aInner,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.fromArray(WIDE, s, sAt);
    int from = aAt;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      c0 = FloatVector.broadcast(WIDE, a[from]).fma(FloatVector.fromArray(WIDE, b, at), c0);
      from += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
  }
}
