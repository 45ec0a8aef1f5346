package org.bellmanrl.deep.internal.kernel;

import org.bellmanrl.deep.internal.parallel.ParallelPair;

/**
 * The products of a kernel with large ones in two parts, of which a second thread may take over
 * one.
 *
 * <p>Every number is computed by one thread, in the order that {@link Products} states, so results
 * have the same bits whichever thread computed them.
 */
final class PairedProducts implements Products {
  /** Rows are divided where the blocks of the other products are. */
  private static final int ROWS = 4;

  /** Multiply-adds that may be worth a second thread: some 150 microseconds of them. */
  private static final long LEAST_WORK = 1_000_000;

  private final Products products;
  private final ParallelPair pair = new ParallelPair(LEAST_WORK);

  /** Used by the thread that has claimed the pair. */
  private final Product upper = new Product();

  private final Product lower = new Product();

  PairedProducts(Products products) {
    this.products = products;
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
      products.multiply(
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
    products.pack(inner, columns, b, bAt, bRow, packed);
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
    products.multiplyNarrow(rows, columns, inner, a, aRow, b, bAt, s, sAt, c, cRow, rectify);
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
    products.multiplyListed(
        rows, columns, ends, listed, factors, b, bAt, bRow, s, sAt, sRow, c, cAt, cRow);
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
      products.multiply(
          rows, columns, inner, a, aAt, aRow, aInner, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
          cRow, rectify);
    }
  }
}
