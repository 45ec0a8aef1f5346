package org.bellmanrl.deep.internal.kernel;

import java.util.Arrays;
import org.bellmanrl.deep.internal.parallel.ParallelParts;

/**
 * The products of a kernel with large ones in parts, of which other threads may take over some.
 *
 * <p>Every number is computed by one thread, in the order that {@link Products} states, so results
 * have the same bits whichever thread computed them.
 */
final class DividedProducts implements Products {
  /** Rows are divided where the blocks of the other products are. */
  private static final int ROWS = 4;

  /** And so are columns: four vectors of the widest. */
  private static final int COLUMNS = 4 * Kernel.WIDTH;

  /**
   * The number of rows up to which packing B takes a good part of the time: columns are divided
   * then, so that each part packs its own alone.
   */
  private static final int FEW_ROWS = 64;

  /** Multiply-adds that may be worth a second thread: some twenty microseconds of them. */
  private static final long LEAST_WORK = 1_000_000;

  private final Products products;

  /** Threads that compute products at the same time have theirs divided apart. */
  private final Division[] divisions = new Division[Math.max(1, ParallelParts.threads() / 2)];

  DividedProducts(Products products) {
    this.products = products;
    Arrays.setAll(divisions, i -> new Division());
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
    boolean byColumn = rows <= FEW_ROWS && columns > rows && bColumn != 0;
    int side = byColumn ? columns : rows;
    int unit = byColumn ? COLUMNS : ROWS;
    for (int i = 0; work >= LEAST_WORK && i < divisions.length; i++) {
      Division division = divisions[i];
      int parts = division.threads.claim(work, side / unit);
      if (parts > 1) {
        for (int part = 0; part < parts; part++) {
          int from = start(side, part, parts, unit);
          int count = start(side, part + 1, parts, unit) - from;
          int row = byColumn ? 0 : from;
          int column = byColumn ? from : 0;
          division.parts[part].set(
              byColumn ? rows : count,
              byColumn ? count : columns,
              inner,
              a,
              aAt + row * aRow,
              aRow,
              aInner,
              b,
              bAt + column * bColumn,
              bRow,
              bColumn,
              s,
              sAt + row * sRow + column,
              sRow,
              c,
              cAt + row * cRow + column,
              cRow,
              rectify);
        }
        division.threads.run(division.parts, work);
        return;
      }
    }
    products.multiply(
        rows, columns, inner, a, aAt, aRow, aInner, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
        cRow, rectify);
  }

  /** Where a part of a side begins. */
  private static int start(int side, int part, int parts, int unit) {
    return part == parts ? side : (int) ((long) side * part / parts) / unit * unit;
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

  /** A product in parts. */
  private final class Division {
    final ParallelParts threads = new ParallelParts(LEAST_WORK);
    final Product[] parts = new Product[ParallelParts.threads()];

    Division() {
      Arrays.setAll(parts, i -> new Product());
    }
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
