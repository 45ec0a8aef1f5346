package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API: tiles of a panel of B, {@link VectorBlocks}. Columns that do not fill
 * a vector are left to plain Java.
 */
final class VectorProducts implements Products {
  private static final VectorSpecies<Float> WIDE = VectorLanes.WIDE;
  private static final int L = WIDE.length();

  /** Sixteen sums and their operands need more than 16 registers. */
  private static final boolean MANY_REGISTERS = L == Kernel.WIDTH || L == 4;

  /** Columns of the tile that computes most of a product. */
  private static final int PANEL = MANY_REGISTERS ? 4 * L : 2 * L;

  /**
   * Fewer rows are multiplied by B as it lies: packing it takes longer than it saves. Where it is
   * packed for several products, that pays from {@link #PACKED_ROWS} on.
   */
  private static final int FEW_ROWS = 24;

  /** Rows of B in a panel: the sums of a longer product are stored and loaded in between. */
  private static final int DEPTH = 512;

  /** Columns that are packed together: small panels by fours, so that B is read in longer runs. */
  private static final int GROUP = MANY_REGISTERS ? PANEL : 4 * PANEL;

  /**
   * Numbers of A that are transposed together: 128 rows of {@link #DEPTH}, half a second-level
   * cache.
   */
  private static final int BAND = 69_632;

  /**
   * Turns of the inner loop in one call of a tile, about: after many more, HotSpot would compile
   * the tile twice, first to replace it while it runs, and training would begin more slowly.
   */
  private static final int CALL = 64;

  private final PlainProducts plain = new PlainProducts();
  private final VectorRows layout = new VectorRows();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** Packed operands, of one thread. */
  private static final class Scratch {
    final float[] panels = new float[DEPTH * GROUP];
    final float[] rows = new float[BAND];
    final float[] partial = new float[Kernel.WIDTH];
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
    int wide = columns / L * L;
    if (rows < FEW_ROWS && bColumn == 1) {
      multiplyFew(
          rows, wide, inner, a, aAt, aRow, aInner, b, bAt, bRow, s, sAt, sRow, c, cAt, cRow);
    } else if (wide > 0) {
      // The first part begins with S, the others with the sums so far.
      multiplyPart(
          rows,
          wide,
          Math.min(DEPTH, inner),
          a,
          aAt,
          aRow,
          aInner,
          b,
          bAt,
          bRow,
          bColumn,
          s,
          sAt,
          sRow,
          c,
          cAt,
          cRow);
      for (int k = DEPTH; k < inner; k += DEPTH) {
        multiplyPart(
            rows,
            wide,
            Math.min(DEPTH, inner - k),
            a,
            aAt + k * aInner,
            aRow,
            aInner,
            b,
            bAt + k * bRow,
            bRow,
            bColumn,
            c,
            cAt,
            cRow,
            c,
            cAt,
            cRow);
      }
    }
    if (wide < columns) {
      plain.multiply(
          rows,
          columns - wide,
          inner,
          a,
          aAt,
          aRow,
          aInner,
          b,
          bAt + wide * bColumn,
          bRow,
          bColumn,
          s,
          sAt + wide,
          sRow,
          c,
          cAt + wide,
          cRow,
          false);
    }
    if (rectify) {
      rectify(rows, columns, c, cAt, cRow);
    }
  }

  /** A product with B as it lies. */
  @SuppressWarnings("ReferenceEquality") // whether they share memory
  private static void multiplyFew(
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
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    // Two or three rows that are left make a block with some before them, which are computed twice;
    // not where C is S as well and would be added to twice.
    int blocks = rows > 4 && rows % 4 > 1 && s != c ? Math.ceilDiv(rows, 4) : rows / 4;
    int pairs = columns / (2 * L) * (2 * L);
    for (int n = 0; n < pairs; n += 2 * L) {
      for (int i = 0; i < blocks; i++) {
        int r = Math.min(4 * i, rows - 4);
        VectorBlocks.block4x2(
            inner,
            a,
            aAt + r * aRow,
            aRow,
            aInner,
            b,
            bAt + n,
            bRow,
            s,
            sAt + r * sRow + n,
            sRow,
            c,
            cAt + r * cRow + n,
            cRow);
      }
    }
    for (int r = 0; r < rows; r++) {
      int n = r < 4 * blocks ? pairs : 0;
      multiplyRow(
          columns - n,
          inner,
          a,
          aAt + r * aRow,
          aInner,
          b,
          bAt + n,
          bRow,
          s,
          sAt + r * sRow + n,
          c,
          cAt + r * cRow + n);
    }
  }

  /** One row, many vectors at a time: their sums hide the latency of additions. */
  private static void multiplyRow(
      int columns,
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
    int n = 0;
    for (; L == Kernel.WIDTH && n + 16 * L <= columns; n += 16 * L) {
      VectorBlocks.row16(inner, a, aAt, aInner, b, bAt + n, bRow, s, sAt + n, c, cAt + n);
    }
    for (; n + 8 * L <= columns; n += 8 * L) {
      VectorBlocks.row8(inner, a, aAt, aInner, b, bAt + n, bRow, s, sAt + n, c, cAt + n);
    }
    for (; n + 4 * L <= columns; n += 4 * L) {
      VectorBlocks.row4(inner, a, aAt, aInner, b, bAt + n, bRow, s, sAt + n, c, cAt + n);
    }
    for (; n < columns; n += L) {
      VectorBlocks.row(inner, a, aAt, aInner, b, bAt + n, bRow, s, sAt + n, c, cAt + n);
    }
  }

  @Override
  public void pack(int inner, int columns, float[] b, int bAt, int bRow, float[] packed) {
    for (int k = 0; k < inner; k += DEPTH) {
      int depth = Math.min(DEPTH, inner - k);
      int n = 0;
      while (n < columns) {
        int width = panelWidth(columns - n);
        int panels = panels(width, columns - n);
        pack(depth, width, panels, b, bAt + k * bRow + n, bRow, 1, packed, k * columns + n * depth);
        n += panels * width;
      }
    }
  }

  /** The width of the next panel, with so many columns left. */
  private static int panelWidth(int left) {
    return left >= PANEL ? PANEL : left >= 2 * L ? 2 * L : L;
  }

  /** How many panels of a width are packed together. */
  private static int panels(int width, int left) {
    return width == PANEL ? Math.min(GROUP, left) / PANEL : 1;
  }

  /** A product whose inner side is at most {@link #DEPTH}. */
  private void multiplyPart(
      int rows,
      int columns,
      int depth,
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
      int cRow) {
    Scratch own = scratch.get();
    if (aInner == 1) {
      multiplyBand(
          own, rows, columns, depth, a, aAt, aRow, b, bAt, bRow, bColumn, s, sAt, sRow, c, cAt,
          cRow);
      return;
    }
    // Not a power of two, after which rows would share few sets of the cache.
    int ownRow = depth + L;
    int most = BAND / ownRow / 12 * 12;
    int each = Math.ceilDiv(rows, Math.ceilDiv(rows, most));
    int band = Math.ceilDiv(each, 12) * 12;
    for (int r = 0; r < rows; r += band) {
      int bandRows = Math.min(band, rows - r);
      layout.transpose(depth, bandRows, a, aAt + r * aRow, aInner, own.rows, 0, ownRow);
      multiplyBand(
          own,
          bandRows,
          columns,
          depth,
          own.rows,
          0,
          ownRow,
          b,
          bAt,
          bRow,
          bColumn,
          s,
          sAt + r * sRow,
          sRow,
          c,
          cAt + r * cRow,
          cRow);
    }
  }

  /** A product of rows of A that lie along the inner side. */
  private void multiplyBand(
      Scratch own,
      int rows,
      int columns,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      int bRow,
      int bColumn,
      float[] s,
      int sAt,
      int sRow,
      float[] c,
      int cAt,
      int cRow) {
    boolean packed = bColumn == 0;
    float[] p = packed ? b : own.panels;
    int n = 0;
    while (n < columns) {
      int width = panelWidth(columns - n);
      int panels = panels(width, columns - n);
      int pAt = packed ? bAt + n * depth : 0;
      if (!packed) {
        pack(depth, width, panels, b, bAt + n * bColumn, bRow, bColumn, p, 0);
      }
      for (int i = 0; i < panels; i++) {
        multiplyPanel(
            rows,
            depth,
            width,
            a,
            aAt,
            aRow,
            p,
            pAt + i * depth * width,
            s,
            sAt + n,
            sRow,
            c,
            cAt + n,
            cRow);
        n += width;
      }
    }
  }

  /** Copies neighbouring panels of B, in each of which one row follows the other. */
  private void pack(
      int depth,
      int width,
      int panels,
      float[] b,
      int bAt,
      int bRow,
      int bColumn,
      float[] p,
      int pAt) {
    if (bColumn != 1) {
      for (int i = 0; i < panels; i++) {
        int from = bAt + i * width * bColumn;
        layout.transpose(width, depth, b, from, bColumn, p, pAt + i * depth * width, width);
      }
    } else if (width == L) {
      for (int k = 0; k < depth; k++) {
        FloatVector.fromArray(WIDE, b, bAt + k * bRow).intoArray(p, pAt + k * L);
      }
    } else {
      int pairs = panels * width / (2 * L);
      int step = panels == 1 ? 2 * L : depth * width;
      for (int k = 0; k < depth; k++) {
        int from = bAt + k * bRow;
        int to = pAt + k * width;
        for (int i = 0; i < pairs; i++) {
          FloatVector.fromArray(WIDE, b, from).intoArray(p, to);
          FloatVector.fromArray(WIDE, b, from + L).intoArray(p, to + L);
          from += 2 * L;
          to += step;
        }
      }
    }
  }

  /** All rows of one panel. */
  private static void multiplyPanel(
      int rows,
      int depth,
      int width,
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
    int r = 0;
    if (width == 2 * L && !MANY_REGISTERS) {
      int sixes = rows / 6;
      // Two or three rows that are left: with the six before them they make two tiles of four.
      if (sixes > 0 && (rows % 6 == 2 || rows % 6 == 3)) {
        sixes--;
      }
      int most = Math.max(1, CALL / depth);
      while (sixes > 0) {
        int tiles = Math.min(sixes, most);
        VectorBlocks.tile6x2(
            tiles,
            depth,
            a,
            aAt + r * aRow,
            aRow,
            p,
            pAt,
            s,
            sAt + r * sRow,
            sRow,
            c,
            cAt + r * cRow,
            cRow);
        r += 6 * tiles;
        sixes -= tiles;
      }
    }
    int step = width == L ? 8 : 4;
    int tiles = (rows - r) / step;
    tiles(
        tiles,
        width,
        depth,
        a,
        aAt + r * aRow,
        aRow,
        p,
        pAt,
        s,
        sAt + r * sRow,
        sRow,
        c,
        cAt + r * cRow,
        cRow);
    for (r += tiles * step; r < rows; r++) {
      int from = aAt + r * aRow;
      int start = sAt + r * sRow;
      int to = cAt + r * cRow;
      if (width == 4 * L) {
        VectorBlocks.row4(depth, a, from, 1, p, pAt, width, s, start, c, to);
      } else {
        // A row alone, several times: strides of zero.
        tiles(1, width, depth, a, from, 0, p, pAt, s, start, 0, c, to, 0);
      }
    }
  }

  private static void tiles(
      int tiles,
      int width,
      int depth,
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
    if (width == L) {
      VectorBlocks.tile8x1(tiles, depth, a, aAt, aRow, p, pAt, s, sAt, sRow, c, cAt, cRow);
    } else if (width == 2 * L) {
      VectorBlocks.tile4x2(tiles, depth, a, aAt, aRow, p, pAt, s, sAt, sRow, c, cAt, cRow);
    } else {
      VectorBlocks.tile4x4(tiles, depth, a, aAt, aRow, p, pAt, s, sAt, sRow, c, cAt, cRow);
    }
  }

  /**
   * A second look at what the blocks have written: with these operations in it, a block of sixteen
   * accumulators is more than the compiler is willing to inline, and became twelve times as slow.
   */
  private static void rectify(int rows, int columns, float[] c, int at, int row) {
    for (int r = 0; r < rows; r++) {
      int i = at + r * row;
      int end = i + columns;
      for (; i + L <= end; i += L) {
        FloatVector half = FloatVector.fromArray(WIDE, c, i).mul(0.5f);
        half.add(half.abs()).intoArray(c, i);
      }
      for (; i < end; i++) {
        c[i] = Kernel.rectified(c[i]);
      }
    }
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
    float[] partial = scratch.get().partial;
    for (int n = 0; n < columns; n++) {
      int column = bAt + n * inner;
      if (L == Kernel.WIDTH) {
        VectorSquares.column(rows, inner, a, aRow, b, column, s[sAt + n], c, n, cRow);
      } else {
        for (int r = 0; r < rows; r++) {
          c[r * cRow + n] = s[sAt + n] + dot(inner, a, r * aRow, b, column, partial);
        }
      }
    }
    if (rectify) {
      rectify(rows, columns, c, 0, cRow);
    }
  }

  /** One number of {@link #multiplyNarrow}. */
  private static float dot(int inner, float[] a, int aAt, float[] b, int bAt, float[] partial) {
    for (int j = 0; j < Kernel.WIDTH; j += L) {
      FloatVector sums = FloatVector.zero(WIDE);
      for (int k = j; k < inner; k += Kernel.WIDTH) {
        sums =
            FloatVector.fromArray(WIDE, a, aAt + k)
                .fma(FloatVector.fromArray(WIDE, b, bAt + k), sums);
      }
      sums.intoArray(partial, j);
    }
    for (int half = Kernel.WIDTH / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    return partial[0];
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
    int wide = columns / L * L;
    int from = 0;
    for (int r = 0; r < rows; r++) {
      int n = 0;
      for (; n + 8 * L <= wide; n += 8 * L) {
        VectorBlocks.listed8(
            from,
            ends[r],
            listed,
            factors,
            b,
            bAt + n,
            bRow,
            s,
            sAt + r * sRow + n,
            c,
            cAt + r * cRow + n);
      }
      for (; n < wide; n += L) {
        VectorBlocks.listed(
            from,
            ends[r],
            listed,
            factors,
            b,
            bAt + n,
            bRow,
            s,
            sAt + r * sRow + n,
            c,
            cAt + r * cRow + n);
      }
      from = ends[r];
    }
    if (wide < columns) {
      plain.multiplyListed(
          rows,
          columns - wide,
          ends,
          listed,
          factors,
          b,
          bAt + wide,
          bRow,
          s,
          sAt + wide,
          sRow,
          c,
          cAt + wide,
          cRow);
    }
  }
}
