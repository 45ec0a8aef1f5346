package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** What moves numbers across lanes: transposing and adding, for vectors of 16 and of 8. */
final class VectorSquares {
  private static final int WIDTH = Kernel.WIDTH;

  private static final VectorSpecies<Float> SQUARE = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> SMALL = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> SWAP_8 = swap(SQUARE, 8);
  private static final VectorMask<Float> UPPER_8 = upper(SQUARE, 8);
  private static final VectorMask<Float> LOWER_8 = UPPER_8.not();
  private static final VectorShuffle<Float> SWAP_4 = swap(SQUARE, 4);
  private static final VectorMask<Float> UPPER_4 = upper(SQUARE, 4);
  private static final VectorMask<Float> LOWER_4 = UPPER_4.not();
  private static final VectorShuffle<Float> SWAP_2 = swap(SQUARE, 2);
  private static final VectorMask<Float> UPPER_2 = upper(SQUARE, 2);
  private static final VectorMask<Float> LOWER_2 = UPPER_2.not();
  private static final VectorShuffle<Float> SWAP_1 = swap(SQUARE, 1);
  private static final VectorMask<Float> UPPER_1 = upper(SQUARE, 1);
  private static final VectorMask<Float> LOWER_1 = UPPER_1.not();
  private static final VectorShuffle<Float> SMALL_SWAP_4 = swap(SMALL, 4);
  private static final VectorMask<Float> SMALL_UPPER_4 = upper(SMALL, 4);
  private static final VectorMask<Float> SMALL_LOWER_4 = SMALL_UPPER_4.not();
  private static final VectorShuffle<Float> SMALL_SWAP_2 = swap(SMALL, 2);
  private static final VectorMask<Float> SMALL_UPPER_2 = upper(SMALL, 2);
  private static final VectorMask<Float> SMALL_LOWER_2 = SMALL_UPPER_2.not();
  private static final VectorShuffle<Float> SMALL_SWAP_1 = swap(SMALL, 1);
  private static final VectorMask<Float> SMALL_UPPER_1 = upper(SMALL, 1);
  private static final VectorMask<Float> SMALL_LOWER_1 = SMALL_UPPER_1.not();

  private static VectorShuffle<Float> swap(VectorSpecies<Float> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> lane ^ distance);
  }

  private static VectorMask<Float> upper(VectorSpecies<Float> species, int distance) {
    boolean[] lanes = new boolean[species.length()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(species, lanes, 0);
  }

  private VectorSquares() {}

  /**
   * Transposes a square of 16: in four stages, halves of squares change places, then quarters, and
   * so on.
   */
  static void transpose16(float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    FloatVector v0 = FloatVector.fromArray(SQUARE, w, wAt + 0 * wRow);
    FloatVector v1 = FloatVector.fromArray(SQUARE, w, wAt + 1 * wRow);
    FloatVector v2 = FloatVector.fromArray(SQUARE, w, wAt + 2 * wRow);
    FloatVector v3 = FloatVector.fromArray(SQUARE, w, wAt + 3 * wRow);
    FloatVector v4 = FloatVector.fromArray(SQUARE, w, wAt + 4 * wRow);
    FloatVector v5 = FloatVector.fromArray(SQUARE, w, wAt + 5 * wRow);
    FloatVector v6 = FloatVector.fromArray(SQUARE, w, wAt + 6 * wRow);
    FloatVector v7 = FloatVector.fromArray(SQUARE, w, wAt + 7 * wRow);
    FloatVector v8 = FloatVector.fromArray(SQUARE, w, wAt + 8 * wRow);
    FloatVector v9 = FloatVector.fromArray(SQUARE, w, wAt + 9 * wRow);
    FloatVector v10 = FloatVector.fromArray(SQUARE, w, wAt + 10 * wRow);
    FloatVector v11 = FloatVector.fromArray(SQUARE, w, wAt + 11 * wRow);
    FloatVector v12 = FloatVector.fromArray(SQUARE, w, wAt + 12 * wRow);
    FloatVector v13 = FloatVector.fromArray(SQUARE, w, wAt + 13 * wRow);
    FloatVector v14 = FloatVector.fromArray(SQUARE, w, wAt + 14 * wRow);
    FloatVector v15 = FloatVector.fromArray(SQUARE, w, wAt + 15 * wRow);
    FloatVector s0n0 = v0.blend(v8.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n8 = v8.blend(v0.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n1 = v1.blend(v9.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n9 = v9.blend(v1.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n2 = v2.blend(v10.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n10 = v10.blend(v2.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n3 = v3.blend(v11.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n11 = v11.blend(v3.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n4 = v4.blend(v12.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n12 = v12.blend(v4.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n5 = v5.blend(v13.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n13 = v13.blend(v5.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n6 = v6.blend(v14.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n14 = v14.blend(v6.rearrange(SWAP_8), LOWER_8);
    FloatVector s0n7 = v7.blend(v15.rearrange(SWAP_8), UPPER_8);
    FloatVector s0n15 = v15.blend(v7.rearrange(SWAP_8), LOWER_8);
    FloatVector s1n0 = s0n0.blend(s0n4.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n4 = s0n4.blend(s0n0.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n1 = s0n1.blend(s0n5.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n5 = s0n5.blend(s0n1.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n2 = s0n2.blend(s0n6.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n6 = s0n6.blend(s0n2.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n3 = s0n3.blend(s0n7.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n7 = s0n7.blend(s0n3.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n8 = s0n8.blend(s0n12.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n12 = s0n12.blend(s0n8.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n9 = s0n9.blend(s0n13.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n13 = s0n13.blend(s0n9.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n10 = s0n10.blend(s0n14.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n14 = s0n14.blend(s0n10.rearrange(SWAP_4), LOWER_4);
    FloatVector s1n11 = s0n11.blend(s0n15.rearrange(SWAP_4), UPPER_4);
    FloatVector s1n15 = s0n15.blend(s0n11.rearrange(SWAP_4), LOWER_4);
    FloatVector s2n0 = s1n0.blend(s1n2.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n2 = s1n2.blend(s1n0.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n1 = s1n1.blend(s1n3.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n3 = s1n3.blend(s1n1.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n4 = s1n4.blend(s1n6.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n6 = s1n6.blend(s1n4.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n5 = s1n5.blend(s1n7.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n7 = s1n7.blend(s1n5.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n8 = s1n8.blend(s1n10.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n10 = s1n10.blend(s1n8.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n9 = s1n9.blend(s1n11.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n11 = s1n11.blend(s1n9.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n12 = s1n12.blend(s1n14.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n14 = s1n14.blend(s1n12.rearrange(SWAP_2), LOWER_2);
    FloatVector s2n13 = s1n13.blend(s1n15.rearrange(SWAP_2), UPPER_2);
    FloatVector s2n15 = s1n15.blend(s1n13.rearrange(SWAP_2), LOWER_2);
    FloatVector s3n0 = s2n0.blend(s2n1.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n1 = s2n1.blend(s2n0.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n2 = s2n2.blend(s2n3.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n3 = s2n3.blend(s2n2.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n4 = s2n4.blend(s2n5.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n5 = s2n5.blend(s2n4.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n6 = s2n6.blend(s2n7.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n7 = s2n7.blend(s2n6.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n8 = s2n8.blend(s2n9.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n9 = s2n9.blend(s2n8.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n10 = s2n10.blend(s2n11.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n11 = s2n11.blend(s2n10.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n12 = s2n12.blend(s2n13.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n13 = s2n13.blend(s2n12.rearrange(SWAP_1), LOWER_1);
    FloatVector s3n14 = s2n14.blend(s2n15.rearrange(SWAP_1), UPPER_1);
    FloatVector s3n15 = s2n15.blend(s2n14.rearrange(SWAP_1), LOWER_1);
    s3n0.intoArray(t, tAt + 0 * tRow);
    s3n1.intoArray(t, tAt + 1 * tRow);
    s3n2.intoArray(t, tAt + 2 * tRow);
    s3n3.intoArray(t, tAt + 3 * tRow);
    s3n4.intoArray(t, tAt + 4 * tRow);
    s3n5.intoArray(t, tAt + 5 * tRow);
    s3n6.intoArray(t, tAt + 6 * tRow);
    s3n7.intoArray(t, tAt + 7 * tRow);
    s3n8.intoArray(t, tAt + 8 * tRow);
    s3n9.intoArray(t, tAt + 9 * tRow);
    s3n10.intoArray(t, tAt + 10 * tRow);
    s3n11.intoArray(t, tAt + 11 * tRow);
    s3n12.intoArray(t, tAt + 12 * tRow);
    s3n13.intoArray(t, tAt + 13 * tRow);
    s3n14.intoArray(t, tAt + 14 * tRow);
    s3n15.intoArray(t, tAt + 15 * tRow);
  }

  /** Transposes a square of 8 in the same way, in three stages. */
  static void transpose8(float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    FloatVector v0 = FloatVector.fromArray(SMALL, w, wAt + 0 * wRow);
    FloatVector v1 = FloatVector.fromArray(SMALL, w, wAt + 1 * wRow);
    FloatVector v2 = FloatVector.fromArray(SMALL, w, wAt + 2 * wRow);
    FloatVector v3 = FloatVector.fromArray(SMALL, w, wAt + 3 * wRow);
    FloatVector v4 = FloatVector.fromArray(SMALL, w, wAt + 4 * wRow);
    FloatVector v5 = FloatVector.fromArray(SMALL, w, wAt + 5 * wRow);
    FloatVector v6 = FloatVector.fromArray(SMALL, w, wAt + 6 * wRow);
    FloatVector v7 = FloatVector.fromArray(SMALL, w, wAt + 7 * wRow);
    FloatVector s0n0 = v0.blend(v4.rearrange(SMALL_SWAP_4), SMALL_UPPER_4);
    FloatVector s0n4 = v4.blend(v0.rearrange(SMALL_SWAP_4), SMALL_LOWER_4);
    FloatVector s0n1 = v1.blend(v5.rearrange(SMALL_SWAP_4), SMALL_UPPER_4);
    FloatVector s0n5 = v5.blend(v1.rearrange(SMALL_SWAP_4), SMALL_LOWER_4);
    FloatVector s0n2 = v2.blend(v6.rearrange(SMALL_SWAP_4), SMALL_UPPER_4);
    FloatVector s0n6 = v6.blend(v2.rearrange(SMALL_SWAP_4), SMALL_LOWER_4);
    FloatVector s0n3 = v3.blend(v7.rearrange(SMALL_SWAP_4), SMALL_UPPER_4);
    FloatVector s0n7 = v7.blend(v3.rearrange(SMALL_SWAP_4), SMALL_LOWER_4);
    FloatVector s1n0 = s0n0.blend(s0n2.rearrange(SMALL_SWAP_2), SMALL_UPPER_2);
    FloatVector s1n2 = s0n2.blend(s0n0.rearrange(SMALL_SWAP_2), SMALL_LOWER_2);
    FloatVector s1n1 = s0n1.blend(s0n3.rearrange(SMALL_SWAP_2), SMALL_UPPER_2);
    FloatVector s1n3 = s0n3.blend(s0n1.rearrange(SMALL_SWAP_2), SMALL_LOWER_2);
    FloatVector s1n4 = s0n4.blend(s0n6.rearrange(SMALL_SWAP_2), SMALL_UPPER_2);
    FloatVector s1n6 = s0n6.blend(s0n4.rearrange(SMALL_SWAP_2), SMALL_LOWER_2);
    FloatVector s1n5 = s0n5.blend(s0n7.rearrange(SMALL_SWAP_2), SMALL_UPPER_2);
    FloatVector s1n7 = s0n7.blend(s0n5.rearrange(SMALL_SWAP_2), SMALL_LOWER_2);
    FloatVector s2n0 = s1n0.blend(s1n1.rearrange(SMALL_SWAP_1), SMALL_UPPER_1);
    FloatVector s2n1 = s1n1.blend(s1n0.rearrange(SMALL_SWAP_1), SMALL_LOWER_1);
    FloatVector s2n2 = s1n2.blend(s1n3.rearrange(SMALL_SWAP_1), SMALL_UPPER_1);
    FloatVector s2n3 = s1n3.blend(s1n2.rearrange(SMALL_SWAP_1), SMALL_LOWER_1);
    FloatVector s2n4 = s1n4.blend(s1n5.rearrange(SMALL_SWAP_1), SMALL_UPPER_1);
    FloatVector s2n5 = s1n5.blend(s1n4.rearrange(SMALL_SWAP_1), SMALL_LOWER_1);
    FloatVector s2n6 = s1n6.blend(s1n7.rearrange(SMALL_SWAP_1), SMALL_UPPER_1);
    FloatVector s2n7 = s1n7.blend(s1n6.rearrange(SMALL_SWAP_1), SMALL_LOWER_1);
    s2n0.intoArray(t, tAt + 0 * tRow);
    s2n1.intoArray(t, tAt + 1 * tRow);
    s2n2.intoArray(t, tAt + 2 * tRow);
    s2n3.intoArray(t, tAt + 3 * tRow);
    s2n4.intoArray(t, tAt + 4 * tRow);
    s2n5.intoArray(t, tAt + 5 * tRow);
    s2n6.intoArray(t, tAt + 6 * tRow);
    s2n7.intoArray(t, tAt + 7 * tRow);
  }

  /** One column of {@link Products#multiplyNarrow}. */
  static void column(
      int rows,
      int inner,
      float[] a,
      int aRow,
      float[] b,
      int bAt,
      float start,
      float[] c,
      int column,
      int cRow) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int at = r * aRow;
      FloatVector c0 = FloatVector.zero(SQUARE);
      FloatVector c1 = c0;
      FloatVector c2 = c0;
      FloatVector c3 = c0;
      for (int k = 0; k < inner; k += WIDTH) {
        FloatVector v = FloatVector.fromArray(SQUARE, b, bAt + k);
        c0 = FloatVector.fromArray(SQUARE, a, at + k).fma(v, c0);
        c1 = FloatVector.fromArray(SQUARE, a, at + aRow + k).fma(v, c1);
        c2 = FloatVector.fromArray(SQUARE, a, at + 2 * aRow + k).fma(v, c2);
        c3 = FloatVector.fromArray(SQUARE, a, at + 3 * aRow + k).fma(v, c3);
      }
      // The first halving for two rows in one vector, the second for four: a half, then a quarter
      // each. Lanes 0, 8, 4 and 12 end with the sums of rows 0 to 3.
      c0 = c0.blend(c1, UPPER_8).add(c1.blend(c0, UPPER_8).rearrange(SWAP_8));
      c2 = c2.blend(c3, UPPER_8).add(c3.blend(c2, UPPER_8).rearrange(SWAP_8));
      c0 = c0.blend(c2, UPPER_4).add(c2.blend(c0, UPPER_4).rearrange(SWAP_4));
      c0 = c0.add(c0.rearrange(SWAP_2));
      c0 = c0.add(c0.rearrange(SWAP_1));
      int to = r * cRow + column;
      c[to] = start + c0.lane(0);
      c[to + cRow] = start + c0.lane(8);
      c[to + 2 * cRow] = start + c0.lane(4);
      c[to + 3 * cRow] = start + c0.lane(12);
    }
    for (; r < rows; r++) {
      FloatVector sums = FloatVector.zero(SQUARE);
      for (int k = 0; k < inner; k += WIDTH) {
        FloatVector v = FloatVector.fromArray(SQUARE, b, bAt + k);
        sums = FloatVector.fromArray(SQUARE, a, r * aRow + k).fma(v, sums);
      }
      sums = sums.add(sums.rearrange(SWAP_8));
      sums = sums.add(sums.rearrange(SWAP_4));
      sums = sums.add(sums.rearrange(SWAP_2));
      sums = sums.add(sums.rearrange(SWAP_1));
      c[r * cRow + column] = start + sums.lane(0);
    }
  }
}
