package org.bellmanrl.deep.internal.kernel;

/**
 * Matrix products. All providers compute the same bits, and are safe for use by several threads, as
 * {@link Kernel} says.
 */
public interface Products {
  /** The number of rows from which on it is worth while to {@link #pack}. */
  int PACKED_ROWS = 12;

  /**
   * C = S + A·B, each element by {@code fma(a, b, c)} over k = 0, 1, … beginning with its element
   * of S, and then {@link Kernel#rectified} if requested.
   *
   * <p>A and B are addressed by two strides each, of which one is 1, so they can be read as they
   * lie or transposed. B may also be what {@link #pack} wrote: then {@code bColumn} is 0 and {@code
   * bRow} is {@code columns}. S is the bias (row stride 0), C itself (to accumulate) or zeros (row
   * stride 0).
   *
   * @param rows the rows of A, S and C
   * @param columns the columns of B, S and C, a {@link Kernel#stride}
   * @param inner the columns of A and rows of B
   * @param rectify whether to replace negative results by zero
   */
  void multiply(
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
      boolean rectify);

  /**
   * Writes B in the order in which {@link #multiply} reads it, for a B that several products share.
   * Products of fewer than {@link #PACKED_ROWS} rows are faster with B as it lies.
   *
   * @param inner the rows of B
   * @param columns the columns of B, a multiple of {@link Kernel#WIDTH}
   * @param bRow the row stride of B, whose columns are neighbours
   * @param packed takes {@code inner × columns} numbers from its beginning
   */
  default void pack(int inner, int columns, float[] b, int bAt, int bRow, float[] packed) {
    for (int k = 0; k < inner; k++) {
      System.arraycopy(b, bAt + k * bRow, packed, k * columns, columns);
    }
  }

  /**
   * C = S + A·Bᵀ for few columns and a long inner side: the sum over k runs over {@link
   * Kernel#WIDTH} partial sums, number k is added to partial sum k mod WIDTH by a fused
   * multiply-add, the partial sums are added in halves, the upper to the lower, and the sum to its
   * element of S. Then {@code max(c, 0)} if requested.
   *
   * @param rows the rows of A and C
   * @param columns the rows of B and columns of C, without padding
   * @param inner the columns of A and B, a multiple of {@link Kernel#WIDTH}
   * @param b rows of {@code inner} numbers
   * @param s one row, the bias
   */
  void multiplyNarrow(
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
      boolean rectify);

  /**
   * C = S + A·B for an A that is mostly zero: each element by {@code fma(a, b, c)} over the
   * elements of A that are listed, in their order, beginning with its element of S plus zero.
   *
   * @param columns the columns of B, S and C, a {@link Kernel#stride}
   * @param ends per row of A: where its list ends and that of the next row begins; the first begins
   *     at 0
   * @param listed the columns of the elements of A that are not zero, which are rows of B
   * @param factors these elements
   */
  void multiplyListed(
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
      int cRow);
}
