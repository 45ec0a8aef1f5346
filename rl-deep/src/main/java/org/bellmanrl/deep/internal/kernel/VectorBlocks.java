package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of a matrix product: as many sums as fit into registers.
 *
 * <p>A tile takes the rows of A as they lie, with neighbours along the inner side, and a panel of
 * B, in which the vectors of one row follow those of the row before. So all indices of the inner
 * loop are a constant times its counter plus something that does not change, and HotSpot checks
 * their range once, before the loop; with strides that are variables it checks in the loop, which
 * takes a third longer.
 *
 * <p>A tile is compiled on its own: its bytecode is longer than what HotSpot inlines (325 bytes).
 * And it has fewer than some 65 vector operations, after which HotSpot stops inlining these and
 * makes objects of vectors; so nothing is added to it.
 */
final class VectorBlocks {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

  private VectorBlocks() {}

  /** Six rows of two vectors: twelve sums, two vectors of B and two broadcasts are 16 registers. */
  static void tile6x2(
      int tiles,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      float[] p,
      int pAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int t = 0; t < tiles; t++) {
      int first = t * 6;
      int from = sAt + first * sRow;
      FloatVector c00 = FloatVector.fromArray(WIDE, s, from);
      FloatVector c01 = FloatVector.fromArray(WIDE, s, from + L);
      FloatVector c10 = FloatVector.fromArray(WIDE, s, from + sRow);
      FloatVector c11 = FloatVector.fromArray(WIDE, s, from + sRow + L);
      FloatVector c20 = FloatVector.fromArray(WIDE, s, from + 2 * sRow);
      FloatVector c21 = FloatVector.fromArray(WIDE, s, from + 2 * sRow + L);
      FloatVector c30 = FloatVector.fromArray(WIDE, s, from + 3 * sRow);
      FloatVector c31 = FloatVector.fromArray(WIDE, s, from + 3 * sRow + L);
      FloatVector c40 = FloatVector.fromArray(WIDE, s, from + 4 * sRow);
      FloatVector c41 = FloatVector.fromArray(WIDE, s, from + 4 * sRow + L);
      FloatVector c50 = FloatVector.fromArray(WIDE, s, from + 5 * sRow);
      FloatVector c51 = FloatVector.fromArray(WIDE, s, from + 5 * sRow + L);
      int a0 = aAt + first * aRow;
      int a1 = a0 + aRow;
      int a2 = a1 + aRow;
      int a3 = a2 + aRow;
      int a4 = a3 + aRow;
      int a5 = a4 + aRow;
      for (int k = 0; k < inner; k++) {
        FloatVector p0 = FloatVector.fromArray(WIDE, p, pAt + k * 2 * L);
        FloatVector p1 = FloatVector.fromArray(WIDE, p, pAt + k * 2 * L + L);
        FloatVector x0 = FloatVector.broadcast(WIDE, a[a0 + k]);
        c00 = x0.fma(p0, c00);
        c01 = x0.fma(p1, c01);
        FloatVector x1 = FloatVector.broadcast(WIDE, a[a1 + k]);
        c10 = x1.fma(p0, c10);
        c11 = x1.fma(p1, c11);
        FloatVector x2 = FloatVector.broadcast(WIDE, a[a2 + k]);
        c20 = x2.fma(p0, c20);
        c21 = x2.fma(p1, c21);
        FloatVector x3 = FloatVector.broadcast(WIDE, a[a3 + k]);
        c30 = x3.fma(p0, c30);
        c31 = x3.fma(p1, c31);
        FloatVector x4 = FloatVector.broadcast(WIDE, a[a4 + k]);
        c40 = x4.fma(p0, c40);
        c41 = x4.fma(p1, c41);
        FloatVector x5 = FloatVector.broadcast(WIDE, a[a5 + k]);
        c50 = x5.fma(p0, c50);
        c51 = x5.fma(p1, c51);
      }
      int to = cAt + first * cRow;
      c00.intoArray(c, to);
      c01.intoArray(c, to + L);
      c10.intoArray(c, to + cRow);
      c11.intoArray(c, to + cRow + L);
      c20.intoArray(c, to + 2 * cRow);
      c21.intoArray(c, to + 2 * cRow + L);
      c30.intoArray(c, to + 3 * cRow);
      c31.intoArray(c, to + 3 * cRow + L);
      c40.intoArray(c, to + 4 * cRow);
      c41.intoArray(c, to + 4 * cRow + L);
      c50.intoArray(c, to + 5 * cRow);
      c51.intoArray(c, to + 5 * cRow + L);
    }
  }

  /** Four rows of four vectors, where there are 32 registers. */
  static void tile4x4(
      int tiles,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      float[] p,
      int pAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int t = 0; t < tiles; t++) {
      int first = t * 4;
      int from = sAt + first * sRow;
      FloatVector c00 = FloatVector.fromArray(WIDE, s, from);
      FloatVector c01 = FloatVector.fromArray(WIDE, s, from + L);
      FloatVector c02 = FloatVector.fromArray(WIDE, s, from + 2 * L);
      FloatVector c03 = FloatVector.fromArray(WIDE, s, from + 3 * L);
      FloatVector c10 = FloatVector.fromArray(WIDE, s, from + sRow);
      FloatVector c11 = FloatVector.fromArray(WIDE, s, from + sRow + L);
      FloatVector c12 = FloatVector.fromArray(WIDE, s, from + sRow + 2 * L);
      FloatVector c13 = FloatVector.fromArray(WIDE, s, from + sRow + 3 * L);
      FloatVector c20 = FloatVector.fromArray(WIDE, s, from + 2 * sRow);
      FloatVector c21 = FloatVector.fromArray(WIDE, s, from + 2 * sRow + L);
      FloatVector c22 = FloatVector.fromArray(WIDE, s, from + 2 * sRow + 2 * L);
      FloatVector c23 = FloatVector.fromArray(WIDE, s, from + 2 * sRow + 3 * L);
      FloatVector c30 = FloatVector.fromArray(WIDE, s, from + 3 * sRow);
      FloatVector c31 = FloatVector.fromArray(WIDE, s, from + 3 * sRow + L);
      FloatVector c32 = FloatVector.fromArray(WIDE, s, from + 3 * sRow + 2 * L);
      FloatVector c33 = FloatVector.fromArray(WIDE, s, from + 3 * sRow + 3 * L);
      int a0 = aAt + first * aRow;
      int a1 = a0 + aRow;
      int a2 = a1 + aRow;
      int a3 = a2 + aRow;
      for (int k = 0; k < inner; k++) {
        FloatVector p0 = FloatVector.fromArray(WIDE, p, pAt + k * 4 * L);
        FloatVector p1 = FloatVector.fromArray(WIDE, p, pAt + k * 4 * L + L);
        FloatVector p2 = FloatVector.fromArray(WIDE, p, pAt + k * 4 * L + 2 * L);
        FloatVector p3 = FloatVector.fromArray(WIDE, p, pAt + k * 4 * L + 3 * L);
        FloatVector x0 = FloatVector.broadcast(WIDE, a[a0 + k]);
        c00 = x0.fma(p0, c00);
        c01 = x0.fma(p1, c01);
        c02 = x0.fma(p2, c02);
        c03 = x0.fma(p3, c03);
        FloatVector x1 = FloatVector.broadcast(WIDE, a[a1 + k]);
        c10 = x1.fma(p0, c10);
        c11 = x1.fma(p1, c11);
        c12 = x1.fma(p2, c12);
        c13 = x1.fma(p3, c13);
        FloatVector x2 = FloatVector.broadcast(WIDE, a[a2 + k]);
        c20 = x2.fma(p0, c20);
        c21 = x2.fma(p1, c21);
        c22 = x2.fma(p2, c22);
        c23 = x2.fma(p3, c23);
        FloatVector x3 = FloatVector.broadcast(WIDE, a[a3 + k]);
        c30 = x3.fma(p0, c30);
        c31 = x3.fma(p1, c31);
        c32 = x3.fma(p2, c32);
        c33 = x3.fma(p3, c33);
      }
      int to = cAt + first * cRow;
      c00.intoArray(c, to);
      c01.intoArray(c, to + L);
      c02.intoArray(c, to + 2 * L);
      c03.intoArray(c, to + 3 * L);
      c10.intoArray(c, to + cRow);
      c11.intoArray(c, to + cRow + L);
      c12.intoArray(c, to + cRow + 2 * L);
      c13.intoArray(c, to + cRow + 3 * L);
      c20.intoArray(c, to + 2 * cRow);
      c21.intoArray(c, to + 2 * cRow + L);
      c22.intoArray(c, to + 2 * cRow + 2 * L);
      c23.intoArray(c, to + 2 * cRow + 3 * L);
      c30.intoArray(c, to + 3 * cRow);
      c31.intoArray(c, to + 3 * cRow + L);
      c32.intoArray(c, to + 3 * cRow + 2 * L);
      c33.intoArray(c, to + 3 * cRow + 3 * L);
    }
  }

  /** Four rows of two vectors, for what the larger tiles leave. */
  static void tile4x2(
      int tiles,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      float[] p,
      int pAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int t = 0; t < tiles; t++) {
      int first = t * 4;
      int from = sAt + first * sRow;
      FloatVector c00 = FloatVector.fromArray(WIDE, s, from);
      FloatVector c01 = FloatVector.fromArray(WIDE, s, from + L);
      FloatVector c10 = FloatVector.fromArray(WIDE, s, from + sRow);
      FloatVector c11 = FloatVector.fromArray(WIDE, s, from + sRow + L);
      FloatVector c20 = FloatVector.fromArray(WIDE, s, from + 2 * sRow);
      FloatVector c21 = FloatVector.fromArray(WIDE, s, from + 2 * sRow + L);
      FloatVector c30 = FloatVector.fromArray(WIDE, s, from + 3 * sRow);
      FloatVector c31 = FloatVector.fromArray(WIDE, s, from + 3 * sRow + L);
      int a0 = aAt + first * aRow;
      int a1 = a0 + aRow;
      int a2 = a1 + aRow;
      int a3 = a2 + aRow;
      for (int k = 0; k < inner; k++) {
        FloatVector p0 = FloatVector.fromArray(WIDE, p, pAt + k * 2 * L);
        FloatVector p1 = FloatVector.fromArray(WIDE, p, pAt + k * 2 * L + L);
        FloatVector x0 = FloatVector.broadcast(WIDE, a[a0 + k]);
        c00 = x0.fma(p0, c00);
        c01 = x0.fma(p1, c01);
        FloatVector x1 = FloatVector.broadcast(WIDE, a[a1 + k]);
        c10 = x1.fma(p0, c10);
        c11 = x1.fma(p1, c11);
        FloatVector x2 = FloatVector.broadcast(WIDE, a[a2 + k]);
        c20 = x2.fma(p0, c20);
        c21 = x2.fma(p1, c21);
        FloatVector x3 = FloatVector.broadcast(WIDE, a[a3 + k]);
        c30 = x3.fma(p0, c30);
        c31 = x3.fma(p1, c31);
      }
      int to = cAt + first * cRow;
      c00.intoArray(c, to);
      c01.intoArray(c, to + L);
      c10.intoArray(c, to + cRow);
      c11.intoArray(c, to + cRow + L);
      c20.intoArray(c, to + 2 * cRow);
      c21.intoArray(c, to + 2 * cRow + L);
      c30.intoArray(c, to + 3 * cRow);
      c31.intoArray(c, to + 3 * cRow + L);
    }
  }

  /** Eight rows of one vector. */
  static void tile8x1(
      int tiles,
      int inner,
      float[] a,
      int aAt,
      int aRow,
      float[] p,
      int pAt,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    for (int t = 0; t < tiles; t++) {
      int first = t * 8;
      int from = sAt + first * sRow;
      FloatVector c00 = FloatVector.fromArray(WIDE, s, from);
      FloatVector c10 = FloatVector.fromArray(WIDE, s, from + sRow);
      FloatVector c20 = FloatVector.fromArray(WIDE, s, from + 2 * sRow);
      FloatVector c30 = FloatVector.fromArray(WIDE, s, from + 3 * sRow);
      FloatVector c40 = FloatVector.fromArray(WIDE, s, from + 4 * sRow);
      FloatVector c50 = FloatVector.fromArray(WIDE, s, from + 5 * sRow);
      FloatVector c60 = FloatVector.fromArray(WIDE, s, from + 6 * sRow);
      FloatVector c70 = FloatVector.fromArray(WIDE, s, from + 7 * sRow);
      int a0 = aAt + first * aRow;
      int a1 = a0 + aRow;
      int a2 = a1 + aRow;
      int a3 = a2 + aRow;
      int a4 = a3 + aRow;
      int a5 = a4 + aRow;
      int a6 = a5 + aRow;
      int a7 = a6 + aRow;
      for (int k = 0; k < inner; k++) {
        FloatVector p0 = FloatVector.fromArray(WIDE, p, pAt + k * L);
        FloatVector x0 = FloatVector.broadcast(WIDE, a[a0 + k]);
        c00 = x0.fma(p0, c00);
        FloatVector x1 = FloatVector.broadcast(WIDE, a[a1 + k]);
        c10 = x1.fma(p0, c10);
        FloatVector x2 = FloatVector.broadcast(WIDE, a[a2 + k]);
        c20 = x2.fma(p0, c20);
        FloatVector x3 = FloatVector.broadcast(WIDE, a[a3 + k]);
        c30 = x3.fma(p0, c30);
        FloatVector x4 = FloatVector.broadcast(WIDE, a[a4 + k]);
        c40 = x4.fma(p0, c40);
        FloatVector x5 = FloatVector.broadcast(WIDE, a[a5 + k]);
        c50 = x5.fma(p0, c50);
        FloatVector x6 = FloatVector.broadcast(WIDE, a[a6 + k]);
        c60 = x6.fma(p0, c60);
        FloatVector x7 = FloatVector.broadcast(WIDE, a[a7 + k]);
        c70 = x7.fma(p0, c70);
      }
      int to = cAt + first * cRow;
      c00.intoArray(c, to);
      c10.intoArray(c, to + cRow);
      c20.intoArray(c, to + 2 * cRow);
      c30.intoArray(c, to + 3 * cRow);
      c40.intoArray(c, to + 4 * cRow);
      c50.intoArray(c, to + 5 * cRow);
      c60.intoArray(c, to + 6 * cRow);
      c70.intoArray(c, to + 7 * cRow);
    }
  }

  /** Four rows of two vectors, of B as it lies: for so few rows that packing it does not pay. */
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

  /**
   * One row of sixteen vectors, of B as it lies. Where a row of B is no longer, all its lines are
   * read one after the other, which takes little longer than to add them up.
   */
  static void row16(
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
    FloatVector c4 = FloatVector.fromArray(WIDE, s, sAt + 4 * L);
    FloatVector c5 = FloatVector.fromArray(WIDE, s, sAt + 5 * L);
    FloatVector c6 = FloatVector.fromArray(WIDE, s, sAt + 6 * L);
    FloatVector c7 = FloatVector.fromArray(WIDE, s, sAt + 7 * L);
    FloatVector c8 = FloatVector.fromArray(WIDE, s, sAt + 8 * L);
    FloatVector c9 = FloatVector.fromArray(WIDE, s, sAt + 9 * L);
    FloatVector c10 = FloatVector.fromArray(WIDE, s, sAt + 10 * L);
    FloatVector c11 = FloatVector.fromArray(WIDE, s, sAt + 11 * L);
    FloatVector c12 = FloatVector.fromArray(WIDE, s, sAt + 12 * L);
    FloatVector c13 = FloatVector.fromArray(WIDE, s, sAt + 13 * L);
    FloatVector c14 = FloatVector.fromArray(WIDE, s, sAt + 14 * L);
    FloatVector c15 = FloatVector.fromArray(WIDE, s, sAt + 15 * L);
    int from = aAt;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(WIDE, a[from]);
      c0 = x.fma(FloatVector.fromArray(WIDE, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(WIDE, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(WIDE, b, at + 2 * L), c2);
      c3 = x.fma(FloatVector.fromArray(WIDE, b, at + 3 * L), c3);
      c4 = x.fma(FloatVector.fromArray(WIDE, b, at + 4 * L), c4);
      c5 = x.fma(FloatVector.fromArray(WIDE, b, at + 5 * L), c5);
      c6 = x.fma(FloatVector.fromArray(WIDE, b, at + 6 * L), c6);
      c7 = x.fma(FloatVector.fromArray(WIDE, b, at + 7 * L), c7);
      c8 = x.fma(FloatVector.fromArray(WIDE, b, at + 8 * L), c8);
      c9 = x.fma(FloatVector.fromArray(WIDE, b, at + 9 * L), c9);
      c10 = x.fma(FloatVector.fromArray(WIDE, b, at + 10 * L), c10);
      c11 = x.fma(FloatVector.fromArray(WIDE, b, at + 11 * L), c11);
      c12 = x.fma(FloatVector.fromArray(WIDE, b, at + 12 * L), c12);
      c13 = x.fma(FloatVector.fromArray(WIDE, b, at + 13 * L), c13);
      c14 = x.fma(FloatVector.fromArray(WIDE, b, at + 14 * L), c14);
      c15 = x.fma(FloatVector.fromArray(WIDE, b, at + 15 * L), c15);
      from += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + L);
    c2.intoArray(c, cAt + 2 * L);
    c3.intoArray(c, cAt + 3 * L);
    c4.intoArray(c, cAt + 4 * L);
    c5.intoArray(c, cAt + 5 * L);
    c6.intoArray(c, cAt + 6 * L);
    c7.intoArray(c, cAt + 7 * L);
    c8.intoArray(c, cAt + 8 * L);
    c9.intoArray(c, cAt + 9 * L);
    c10.intoArray(c, cAt + 10 * L);
    c11.intoArray(c, cAt + 11 * L);
    c12.intoArray(c, cAt + 12 * L);
    c13.intoArray(c, cAt + 13 * L);
    c14.intoArray(c, cAt + 14 * L);
    c15.intoArray(c, cAt + 15 * L);
  }

  /** One row of eight vectors, of B as it lies. */
  static void row8(
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
    FloatVector c4 = FloatVector.fromArray(WIDE, s, sAt + 4 * L);
    FloatVector c5 = FloatVector.fromArray(WIDE, s, sAt + 5 * L);
    FloatVector c6 = FloatVector.fromArray(WIDE, s, sAt + 6 * L);
    FloatVector c7 = FloatVector.fromArray(WIDE, s, sAt + 7 * L);
    int from = aAt;
    int at = bAt;
    for (int k = 0; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(WIDE, a[from]);
      c0 = x.fma(FloatVector.fromArray(WIDE, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(WIDE, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(WIDE, b, at + 2 * L), c2);
      c3 = x.fma(FloatVector.fromArray(WIDE, b, at + 3 * L), c3);
      c4 = x.fma(FloatVector.fromArray(WIDE, b, at + 4 * L), c4);
      c5 = x.fma(FloatVector.fromArray(WIDE, b, at + 5 * L), c5);
      c6 = x.fma(FloatVector.fromArray(WIDE, b, at + 6 * L), c6);
      c7 = x.fma(FloatVector.fromArray(WIDE, b, at + 7 * L), c7);
      from += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + L);
    c2.intoArray(c, cAt + 2 * L);
    c3.intoArray(c, cAt + 3 * L);
    c4.intoArray(c, cAt + 4 * L);
    c5.intoArray(c, cAt + 5 * L);
    c6.intoArray(c, cAt + 6 * L);
    c7.intoArray(c, cAt + 7 * L);
  }

  /** One row of four vectors, of B as it lies. */
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

  /** One row of one vector, of B as it lies. */
  static void row(
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
      FloatVector x = FloatVector.broadcast(WIDE, a[from]);
      c0 = x.fma(FloatVector.fromArray(WIDE, b, at), c0);
      from += aInner;
      at += bRow;
    }
    c0.intoArray(c, cAt);
  }

  /** One row of eight vectors: of B, the listed rows. */
  static void listed8(
      int from,
      int end,
      int[] listed,
      float[] factors,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.fromArray(WIDE, s, sAt).add(0f);
    FloatVector c1 = FloatVector.fromArray(WIDE, s, sAt + L).add(0f);
    FloatVector c2 = FloatVector.fromArray(WIDE, s, sAt + 2 * L).add(0f);
    FloatVector c3 = FloatVector.fromArray(WIDE, s, sAt + 3 * L).add(0f);
    FloatVector c4 = FloatVector.fromArray(WIDE, s, sAt + 4 * L).add(0f);
    FloatVector c5 = FloatVector.fromArray(WIDE, s, sAt + 5 * L).add(0f);
    FloatVector c6 = FloatVector.fromArray(WIDE, s, sAt + 6 * L).add(0f);
    FloatVector c7 = FloatVector.fromArray(WIDE, s, sAt + 7 * L).add(0f);
    for (int k = from; k < end; k++) {
      FloatVector x = FloatVector.broadcast(WIDE, factors[k]);
      int at = bAt + listed[k] * bRow;
      c0 = x.fma(FloatVector.fromArray(WIDE, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(WIDE, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(WIDE, b, at + 2 * L), c2);
      c3 = x.fma(FloatVector.fromArray(WIDE, b, at + 3 * L), c3);
      c4 = x.fma(FloatVector.fromArray(WIDE, b, at + 4 * L), c4);
      c5 = x.fma(FloatVector.fromArray(WIDE, b, at + 5 * L), c5);
      c6 = x.fma(FloatVector.fromArray(WIDE, b, at + 6 * L), c6);
      c7 = x.fma(FloatVector.fromArray(WIDE, b, at + 7 * L), c7);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + L);
    c2.intoArray(c, cAt + 2 * L);
    c3.intoArray(c, cAt + 3 * L);
    c4.intoArray(c, cAt + 4 * L);
    c5.intoArray(c, cAt + 5 * L);
    c6.intoArray(c, cAt + 6 * L);
    c7.intoArray(c, cAt + 7 * L);
  }

  /** One row of one vector: of B, the listed rows. */
  static void listed(
      int from,
      int end,
      int[] listed,
      float[] factors,
      float[] b,
      int bAt,
      int bRow,
      float[] s,
      int sAt,
      float[] c,
      int cAt) {
    FloatVector c0 = FloatVector.fromArray(WIDE, s, sAt).add(0f);
    for (int k = from; k < end; k++) {
      FloatVector x = FloatVector.broadcast(WIDE, factors[k]);
      c0 = x.fma(FloatVector.fromArray(WIDE, b, bAt + listed[k] * bRow), c0);
    }
    c0.intoArray(c, cAt);
  }
}
