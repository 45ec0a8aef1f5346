package org.bellmanrl.deep.internal.kernel;

/**
 * The loops in which a network spends its time.
 *
 * <p>Matrices are row-major ranges of {@code float[]}. The length of a row of weights, outputs and
 * their gradients is {@link #stride padded}, so that no loop needs a masked tail; padding holds
 * zeros and stays zero. Sizes are trusted: the layers compute them once from the specification.
 *
 * <p>Every method states the order of its additions, and every provider follows it, so results are
 * equal to the last bit between providers, and interpreted or compiled. (The payload of a NaN is
 * the one exception.) Implementations keep no state and are safe for use by several threads.
 */
public interface Kernel {
  /** The row lengths that are not small are multiples of this, the widest vector there is. */
  int WIDTH = 16;

  /** So many rows make it worth while to {@link #pack}. */
  int PACKED_ROWS = 12;

  /** The number of partial sums of {@link #sumOfSquares}. */
  int PARTIAL_SUMS = 64;

  /**
   * Adding and then subtracting this, 2⁻¹⁰⁰, rounds a number to a multiple of 2⁻¹²⁴ and leaves
   * every float above 2⁻⁷⁵ as it is. So what decays ends at zero or at some 10⁻³⁵ and never becomes
   * subnormal, which would make each operation on it many times slower; and it takes no branch.
   */
  float FLUSH = 0x1p-100f;

  /** Length of a row of {@code columns} numbers with its padding: a multiple of 4 or of 16. */
  static int stride(int columns) {
    int unit = columns <= 8 ? 4 : WIDTH;
    return (columns + unit - 1) / unit * unit;
  }

  /** Length of an array for {@code size} numbers: a multiple of {@link #PARTIAL_SUMS}. */
  static int padded(int size) {
    return (size + PARTIAL_SUMS - 1) / PARTIAL_SUMS * PARTIAL_SUMS;
  }

  /** The name under which a run records the provider: {@code plain}, {@code vector-512}. */
  String id();

  /**
   * C = S + A·B, each element by {@code fma(a, b, c)} over k = 0, 1, … beginning with its element
   * of S, and then {@link #rectified} if asked for.
   *
   * <p>A and B are addressed by two strides each, of which one is 1, so they can be read as they
   * lie or transposed. B may also be what {@link #pack} wrote: then {@code bColumn} is 0 and {@code
   * bRow} is {@code columns}. S is the bias (row stride 0), C itself (to accumulate) or zeros (row
   * stride 0).
   *
   * @param rows the rows of A, S and C
   * @param columns the columns of B, S and C, a {@link #stride}
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
   * @param columns the columns of B, a multiple of {@link #WIDTH}
   * @param bRow the row stride of B, whose columns are neighbours
   * @param packed takes {@code inner × columns} numbers from its beginning
   */
  default void pack(int inner, int columns, float[] b, int bAt, int bRow, float[] packed) {
    copyRows(inner, columns, b, bAt, bRow, packed, 0, columns);
  }

  /**
   * C = S + A·Bᵀ for few columns and a long inner side: the sum over k runs over {@link #WIDTH}
   * partial sums, number k is added to partial sum k mod WIDTH by a fused multiply-add, the partial
   * sums are added in halves, the upper to the lower, and the sum to its element of S. Then {@code
   * max(c, 0)} if asked for.
   *
   * @param rows the rows of A and C
   * @param columns the rows of B and columns of C, without padding
   * @param inner the columns of A and B, a multiple of WIDTH
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

  /** Writes the transpose of {@code rows × columns} numbers, without padding on either side. */
  default void transpose(
      int rows, int columns, float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    // In strips, so that the lines that are written stay in the nearest cache.
    for (int r0 = 0; r0 < rows; r0 += WIDTH) {
      int r1 = Math.min(r0 + WIDTH, rows);
      for (int n = 0; n < columns; n++) {
        for (int r = r0; r < r1; r++) {
          t[tAt + n * tRow + r] = w[wAt + r * wRow + n];
        }
      }
    }
  }

  /** Copies rows of {@code length} numbers. */
  default void copyRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xAt + r * xRow, y, yAt + r * yRow, length);
    }
  }

  /** y = y + x for rows of {@code length} numbers. */
  void addRows(int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow);

  /**
   * C = S + A·B for an A that is mostly zero: each element by {@code fma(a, b, c)} over the
   * elements of A that are listed, in their order, beginning with its element of S plus zero.
   *
   * @param columns the columns of B, S and C, a {@link #stride}
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

  /** x = tanh(x) for the first {@code length} numbers, a multiple of 4. */
  void tanh(int length, float[] x);

  /** y = z · sigmoid(z) for the first {@code length} numbers, a multiple of 4. */
  void silu(int length, float[] z, float[] y);

  /** Adds each column of dy to its element of {@code sums}, row after row. */
  void sumColumns(int rows, int columns, float[] dy, float[] sums, int at);

  /** dy = y > 0 ? dy : 0, then {@link #sumColumns}. */
  void rectifierGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at);

  /** dy = dy · (1 − y²), then {@link #sumColumns}. */
  void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at);

  /** dy = dy · σ(z) · (1 + z · (1 − σ(z))), then {@link #sumColumns}. */
  void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at);

  /**
   * A step of long short-term memory, in rows from {@code first} on. A row of gates holds the sums
   * of i, f, o and g, {@code units} numbers each, which their values replace:
   *
   * <pre>
   * i = σ(i), f = σ(f), o = σ(o), g = tanh(g)
   * c′ = fma(f, c, i·g), t = tanh(c′), h = o·t
   * </pre>
   *
   * @param units of a row, with padding: a {@link #stride}
   * @param before c
   * @param cells takes c′
   * @param squashed takes t
   * @param out takes h
   */
  void lstm(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] cells,
      float[] squashed,
      float[] out);

  /**
   * The gradients of {@link #lstm}, from those of h:
   *
   * <pre>
   * dc′ = fma(dh·o, fma(−t, t, 1), dc)
   * di = dc′·g·i·(1 − i), df = dc′·c·f·(1 − f), do = dh·t·o·(1 − o), dg = dc′·i·fma(−g, g, 1)
   * dc = dc′·f, hidden = 0
   * </pre>
   *
   * @param dGates takes di, df, do and dg, row by row as the gates are
   * @param dCells dc of the step behind, replaced by that of this one: its first {@code rows} rows
   * @param hidden what reaches the state beside the gates, of as many rows
   */
  void lstmGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] squashed,
      float[] dOut,
      float[] dGates,
      float[] dCells,
      float[] hidden);

  /**
   * A step of a gated recurrent unit, in rows from {@code first} on. A row of gates holds the
   * input's sums of r, z and n, {@code units} numbers each and the padding of all together, which
   * their values replace; a row of {@code fromState} holds the state's:
   *
   * <pre>
   * r = σ(r + r_h), z = σ(z + z_h), n = tanh(fma(r, n_h, n)), h′ = fma(z, h − n, n)
   * </pre>
   *
   * @param units of a row, with padding: a {@link #stride}
   * @param before h
   * @param out takes h′
   */
  void gru(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] out);

  /**
   * The gradients of {@link #gru}, from those of h′:
   *
   * <pre>
   * dn = dh·(1 − z)·fma(−n, n, 1), dr = dn·n_h·r·(1 − r), dz = dh·(h − n)·z·(1 − z)
   * dr_h = dr, dz_h = dz, dn_h = dn·r, hidden = dh·z
   * </pre>
   *
   * @param hidden what reaches the state beside the gates: its first {@code rows} rows
   */
  void gruGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] dOut,
      float[] dGates,
      float[] dFromState,
      float[] hidden);

  /**
   * The sum of squares: number i is added to partial sum i mod {@link #PARTIAL_SUMS} by a fused
   * multiply-add, and the partial sums are added in halves, the upper to the lower.
   *
   * @param length a multiple of {@link #PARTIAL_SUMS}
   * @param x the numbers
   * @param partial scratch of {@link #PARTIAL_SUMS} numbers
   */
  float sumOfSquares(int length, float[] x, float[] partial);

  /**
   * One step of Adam over {@code length} parameters, a multiple of 16. With g = scale · gradient:
   *
   * <pre>
   * m = flush(beta1 · m + (1 − beta1) · g)
   * v = flush(beta2 · v + (1 − beta2) · g²)
   * p = keep · p − stepSize · m / (√v + epsilon)
   * </pre>
   */
  void adam(
      int length,
      float[] p,
      float[] gradients,
      float[] m,
      float[] v,
      float scale,
      float beta1,
      float beta2,
      float stepSize,
      float epsilon,
      float keep);

  /**
   * max(x, 0), and a NaN stays one, as x/2 + |x/2|: no compare, no mask. (Half of an odd subnormal
   * is rounded; every other float is exact.)
   */
  static float rectified(float x) {
    float half = 0.5f * x;
    return half + Math.abs(half);
  }

  /** Finishes {@link #sumOfSquares}: adds the partial sums in halves. */
  static float fold(float[] partial) {
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    return partial[0];
  }
}
