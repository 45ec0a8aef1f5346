package org.bellmanrl.deep.internal.kernel;

import org.bellmanrl.deep.internal.parallel.ParallelPair;

/**
 * Another kernel with large loops in two parts, of which a second thread may take over one.
 *
 * <p>Every number is computed by one thread in the order that {@link Kernel} states, so results are
 * the same bits whoever computed what.
 */
final class PairedKernel implements Kernel {
  /** Rows are divided where the blocks of the other kernel are. */
  private static final int ROWS = 4;

  /** Multiply-adds that may be worth a second thread: some 150 microseconds of them. */
  private static final long LEAST_WORK = 8_000_000;

  private final Kernel kernel;
  private final ParallelPair pair = new ParallelPair(LEAST_WORK);

  /** Used by the thread that has claimed the pair. */
  private final Product upper = new Product();

  private final Product lower = new Product();

  PairedKernel(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String id() {
    return kernel.id();
  }

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
    long work = (long) rows * columns * inner;
    if (rows < 2 * ROWS || !pair.claim(work)) {
      kernel.multiply(
          rows, columns, inner, a, aAt, aRow, aInner, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
          cRow, rectify);
      return;
    }
    int half = (rows / 2 + ROWS - 1) / ROWS * ROWS;
    upper.set(
        half, columns, inner, a, aAt, aRow, aInner, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
        cRow, rectify);
    lower.set(
        rows - half,
        columns,
        inner,
        a,
        aAt + half * aRow,
        aRow,
        aInner,
        b,
        bAt,
        bRow,
        bColumn,
        s,
        sAt + half * sRow,
        sRow,
        c,
        cAt + half * cRow,
        cRow,
        rectify);
    pair.run(upper, lower, work);
  }

  @Override
  public void pack(int inner, int columns, float[] b, int bAt, int bRow, float[] packed) {
    kernel.pack(inner, columns, b, bAt, bRow, packed);
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
    kernel.multiplyNarrow(rows, columns, inner, a, aRow, b, bAt, s, sAt, c, cRow, rectify);
  }

  @Override
  public void transpose(
      int rows, int columns, float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    kernel.transpose(rows, columns, w, wAt, wRow, t, tAt, tRow);
  }

  @Override
  public void copyRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    kernel.copyRows(rows, length, x, xAt, xRow, y, yAt, yRow);
  }

  @Override
  public void addRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    kernel.addRows(rows, length, x, xAt, xRow, y, yAt, yRow);
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
    kernel.multiplyListed(
        rows, columns, ends, listed, factors, b, bAt, bRow, s, sAt, sRow, c, cAt, cRow);
  }

  @Override
  public void tanh(int length, float[] x) {
    kernel.tanh(length, x);
  }

  @Override
  public void silu(int length, float[] z, float[] y) {
    kernel.silu(length, z, y);
  }

  @Override
  public void sumColumns(int rows, int columns, float[] dy, float[] sums, int at) {
    kernel.sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void rectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    kernel.rectifierGradient(rows, columns, y, dy, sums, at);
  }

  @Override
  public void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    kernel.tanhGradient(rows, columns, y, dy, sums, at);
  }

  @Override
  public void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at) {
    kernel.siluGradient(rows, columns, z, dy, sums, at);
  }

  @Override
  public void lstm(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] cells,
      float[] squashed,
      float[] out) {
    kernel.lstm(first, rows, units, gates, before, cells, squashed, out);
  }

  @Override
  public void lstmGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] squashed,
      float[] dOut,
      float[] dGates,
      float[] dCells,
      float[] hidden) {
    kernel.lstmGradient(first, rows, units, gates, before, squashed, dOut, dGates, dCells, hidden);
  }

  @Override
  public void gru(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] out) {
    kernel.gru(first, rows, units, gates, fromState, before, out);
  }

  @Override
  public void gruGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] dOut,
      float[] dGates,
      float[] dFromState,
      float[] hidden) {
    kernel.gruGradient(
        first, rows, units, gates, fromState, before, dOut, dGates, dFromState, hidden);
  }

  @Override
  public float sumOfSquares(int length, float[] x, float[] partial) {
    return kernel.sumOfSquares(length, x, partial);
  }

  @Override
  public void adam(
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
      float keep) {
    kernel.adam(length, p, gradients, m, v, scale, beta1, beta2, stepSize, epsilon, keep);
  }

  /** A part of a product. */
  private final class Product implements Runnable {
    private int rows;
    private int columns;
    private int inner;
    private float[] a = {};
    private int aAt;
    private int aRow;
    private int aInner;
    private float[] b = {};
    private int bAt;
    private int bRow;
    private int bColumn;
    private float[] s = {};
    private int sAt;
    private int sRow;
    private float[] c = {};
    private int cAt;
    private int cRow;
    private boolean rectify;

    void set(
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
      this.rows = rows;
      this.columns = columns;
      this.inner = inner;
      this.a = a;
      this.aAt = aAt;
      this.aRow = aRow;
      this.aInner = aInner;
      this.b = b;
      this.bAt = bAt;
      this.bRow = bRow;
      this.bColumn = bColumn;
      this.s = s;
      this.sAt = sAt;
      this.sRow = sRow;
      this.c = c;
      this.cAt = cAt;
      this.cRow = cRow;
      this.rectify = rectify;
    }

    @Override
    public void run() {
      kernel.multiply(
          rows, columns, inner, a, aAt, aRow, aInner, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
          cRow, rectify);
    }
  }
}
