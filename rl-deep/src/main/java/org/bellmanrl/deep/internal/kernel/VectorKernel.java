package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API (JEP 508), at the width of the machine.
 *
 * <p>There is one width only. With a second one in use, for few columns, the profiles that HotSpot
 * keeps inside the Vector API mixed the two, blocks compiled afterwards made an object of every
 * vector, and took twelve times as long. Few columns are left to {@link #multiplyNarrow} and plain
 * Java.
 *
 * <p>A lane holds one output column with its own chain of additions, or one of a fixed number of
 * partial sums, so the width does not show in the result. Of the operations only those are used
 * that IEEE 754 defines exactly.
 */
public final class VectorKernel implements Kernel {
  static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() > WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int L = WIDE.length();

  /** Sixteen sums and their operands need more than 16 registers. */
  private static final boolean MANY_REGISTERS = L == WIDTH || L == 4;

  /** Columns of the tile that computes most of a product. */
  private static final int PANEL = MANY_REGISTERS ? 4 * L : 2 * L;

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

  private final PlainKernel plain = new PlainKernel();
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** Packed operands, of one thread. */
  private static final class Scratch {
    final float[] panels = new float[DEPTH * GROUP];
    final float[] rows = new float[BAND];
    final float[] partial = new float[WIDTH];
  }

  @Override
  public String id() {
    return "vector-" + WIDE.vectorBitSize();
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
    if (rows < PACKED_ROWS && bColumn == 1) {
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
    int fours = rows / 4 * 4;
    int pairs = columns / (2 * L) * (2 * L);
    for (int n = 0; n < pairs; n += 2 * L) {
      for (int r = 0; r < fours; r += 4) {
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
      int n = r < fours ? pairs : 0;
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

  /** One row, eight vectors at a time: so many sums hide the latency of additions. */
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
    for (; n + 8 * L <= columns; n += 8 * L) {
      VectorBlocks.row8(inner, a, aAt, aInner, b, bAt + n, bRow, s, sAt + n, c, cAt + n);
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
      transpose(depth, bandRows, a, aAt + r * aRow, aInner, own.rows, 0, ownRow);
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
        transpose(width, depth, b, from, bColumn, p, pAt + i * depth * width, width);
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
    // A row alone, several times: strides of zero.
    for (r += tiles * step; r < rows; r++) {
      tiles(
          1,
          width,
          depth,
          a,
          aAt + r * aRow,
          0,
          p,
          pAt,
          s,
          sAt + r * sRow,
          0,
          c,
          cAt + r * cRow,
          0);
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
      if (L == WIDTH) {
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
    for (int j = 0; j < WIDTH; j += L) {
      FloatVector sums = FloatVector.zero(WIDE);
      for (int k = j; k < inner; k += WIDTH) {
        sums =
            FloatVector.fromArray(WIDE, a, aAt + k)
                .fma(FloatVector.fromArray(WIDE, b, bAt + k), sums);
      }
      sums.intoArray(partial, j);
    }
    for (int half = WIDTH / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    return partial[0];
  }

  @Override
  public void transpose(
      int rows, int columns, float[] w, int wAt, int wRow, float[] t, int tAt, int tRow) {
    if (L < 8) {
      Kernel.super.transpose(rows, columns, w, wAt, wRow, t, tAt, tRow);
      return;
    }
    int fullRows = rows / L * L;
    int fullColumns = columns / L * L;
    for (int n = 0; n < fullColumns; n += L) {
      for (int r = 0; r < fullRows; r += L) {
        int from = wAt + r * wRow + n;
        int to = tAt + n * tRow + r;
        if (L == WIDTH) {
          VectorSquares.transpose16(w, from, wRow, t, to, tRow);
        } else {
          VectorSquares.transpose8(w, from, wRow, t, to, tRow);
        }
      }
    }
    for (int n = 0; n < columns; n++) {
      for (int r = n < fullColumns ? fullRows : 0; r < rows; r++) {
        t[tAt + n * tRow + r] = w[wAt + r * wRow + n];
      }
    }
  }

  @Override
  public void copyRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * xRow;
      int to = yAt + r * yRow;
      int i = 0;
      for (; i + L <= length; i += L) {
        FloatVector.fromArray(WIDE, x, from + i).intoArray(y, to + i);
      }
      for (; i < length; i++) {
        y[to + i] = x[from + i];
      }
    }
  }

  @Override
  public void addRows(
      int rows, int length, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow) {
    for (int r = 0; r < rows; r++) {
      int from = xAt + r * xRow;
      int to = yAt + r * yRow;
      int i = 0;
      for (; i + L <= length; i += L) {
        FloatVector.fromArray(WIDE, y, to + i)
            .add(FloatVector.fromArray(WIDE, x, from + i))
            .intoArray(y, to + i);
      }
      for (; i < length; i++) {
        y[to + i] += x[from + i];
      }
    }
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

  @Override
  public void tanh(int length, float[] x) {
    tanh(x, 0, length);
  }

  private static void tanh(float[] x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, x, i);
      FloatVector size = v.abs();
      FloatVector y =
          size.blend(
                  Transcendental.TANH_RANGE,
                  size.compare(VectorOperators.GT, Transcendental.TANH_RANGE))
              .mul(FloatVector.broadcast(WIDE, -2f));
      FloatVector t =
          y.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), y);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector expm1 = power.fma(q, power.sub(FloatVector.broadcast(WIDE, 1f)));
      FloatVector magnitude =
          FloatVector.zero(WIDE).sub(expm1).div(expm1.add(FloatVector.broadcast(WIDE, 2f)));
      magnitude.blend(magnitude.neg(), v.lt(0f)).intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = Transcendental.tanh(x[i]);
    }
  }

  private static void logistic(float[] x, int from, int to) {
    int i = from;
    for (; i + L <= to; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, x, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector.broadcast(WIDE, 1f)
          .div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)))
          .intoArray(x, i);
    }
    for (; i < to; i++) {
      x[i] = Transcendental.logistic(x[i]);
    }
  }

  @Override
  public void silu(int length, float[] z, float[] y) {
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, z, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector sigma =
          FloatVector.broadcast(WIDE, 1f)
              .div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)));
      v.mul(sigma).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] = z[i] * Transcendental.logistic(z[i]);
    }
  }

  @Override
  public void sumColumns(int rows, int columns, float[] dy, float[] sums, int at) {
    int n = 0;
    // Two vectors of columns, so that one's additions wait less for each other.
    for (; n + 2 * L <= columns; n += 2 * L) {
      FloatVector sum0 = FloatVector.fromArray(WIDE, sums, at + n);
      FloatVector sum1 = FloatVector.fromArray(WIDE, sums, at + n + L);
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum0 = sum0.add(FloatVector.fromArray(WIDE, dy, i));
        sum1 = sum1.add(FloatVector.fromArray(WIDE, dy, i + L));
        i += columns;
      }
      sum0.intoArray(sums, at + n);
      sum1.intoArray(sums, at + n + L);
    }
    for (; n + L <= columns; n += L) {
      FloatVector sum = FloatVector.fromArray(WIDE, sums, at + n);
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(WIDE, dy, i));
        i += columns;
      }
      sum.intoArray(sums, at + n);
    }
    for (; n < columns; n += 4) {
      float sum0 = sums[at + n];
      float sum1 = sums[at + n + 1];
      float sum2 = sums[at + n + 2];
      float sum3 = sums[at + n + 3];
      int i = n;
      for (int r = 0; r < rows; r++) {
        sum0 += dy[i];
        sum1 += dy[i + 1];
        sum2 += dy[i + 2];
        sum3 += dy[i + 3];
        i += columns;
      }
      sums[at + n] = sum0;
      sums[at + n + 1] = sum1;
      sums[at + n + 2] = sum2;
      sums[at + n + 3] = sum3;
    }
  }

  @Override
  public void rectifierGradient(
      int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    FloatVector zero = FloatVector.zero(WIDE);
    int n = 0;
    for (; n + 2 * L <= columns; n += 2 * L) {
      FloatVector sum0 = FloatVector.fromArray(WIDE, sums, at + n);
      FloatVector sum1 = FloatVector.fromArray(WIDE, sums, at + n + L);
      int i = n;
      for (int r = 0; r < rows; r++) {
        FloatVector y0 = FloatVector.fromArray(WIDE, y, i);
        FloatVector y1 = FloatVector.fromArray(WIDE, y, i + L);
        FloatVector d0 = FloatVector.fromArray(WIDE, dy, i);
        FloatVector d1 = FloatVector.fromArray(WIDE, dy, i + L);
        d0 = zero.blend(d0, y0.compare(VectorOperators.GT, zero));
        d1 = zero.blend(d1, y1.compare(VectorOperators.GT, zero));
        d0.intoArray(dy, i);
        d1.intoArray(dy, i + L);
        sum0 = sum0.add(d0);
        sum1 = sum1.add(d1);
        i += columns;
      }
      sum0.intoArray(sums, at + n);
      sum1.intoArray(sums, at + n + L);
    }
    for (; n + L <= columns; n += L) {
      FloatVector sum = FloatVector.fromArray(WIDE, sums, at + n);
      int i = n;
      for (int r = 0; r < rows; r++) {
        FloatVector values = FloatVector.fromArray(WIDE, y, i);
        FloatVector d = FloatVector.fromArray(WIDE, dy, i);
        d = zero.blend(d, values.compare(VectorOperators.GT, zero));
        d.intoArray(dy, i);
        sum = sum.add(d);
        i += columns;
      }
      sum.intoArray(sums, at + n);
    }
    for (; n < columns; n++) {
      for (int i = n; i < rows * columns; i += columns) {
        dy[i] = y[i] > 0f ? dy[i] : 0f;
        sums[at + n] += dy[i];
      }
    }
  }

  @Override
  public void tanhGradient(int rows, int columns, float[] y, float[] dy, float[] sums, int at) {
    int length = rows * columns;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector t = FloatVector.fromArray(WIDE, y, i);
      FloatVector.fromArray(WIDE, dy, i).mul(t.neg().fma(t, one)).intoArray(dy, i);
    }
    for (; i < length; i++) {
      dy[i] = dy[i] * Math.fma(-y[i], y[i], 1f);
    }
    sumColumns(rows, columns, dy, sums, at);
  }

  @Override
  public void siluGradient(int rows, int columns, float[] z, float[] dy, float[] sums, int at) {
    int length = rows * columns;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    int i = 0;
    for (; i + L <= length; i += L) {
      FloatVector v = FloatVector.fromArray(WIDE, z, i);
      FloatVector w =
          v.blend(Transcendental.EXP_RANGE, v.compare(VectorOperators.GT, Transcendental.EXP_RANGE))
              .blend(
                  -Transcendental.EXP_RANGE,
                  v.compare(VectorOperators.LT, -Transcendental.EXP_RANGE))
              .neg();
      FloatVector t =
          w.fma(
              FloatVector.broadcast(WIDE, Transcendental.LOG2_E),
              FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector n = t.sub(FloatVector.broadcast(WIDE, Transcendental.ROUND));
      FloatVector r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_HIGH), w);
      r = n.fma(FloatVector.broadcast(WIDE, Transcendental.MINUS_LN2_LOW), r);
      FloatVector q =
          r.fma(
              FloatVector.broadcast(WIDE, Transcendental.C7),
              FloatVector.broadcast(WIDE, Transcendental.C6));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C5));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C4));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C3));
      q = q.fma(r, FloatVector.broadcast(WIDE, Transcendental.C2));
      q = q.mul(r).fma(r, r);
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, Transcendental.FRACTION_BITS)
              .add(Transcendental.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector sigma = one.div(power.fma(q, power).add(FloatVector.broadcast(WIDE, 1f)));
      FloatVector slope = sigma.mul(v.fma(one.sub(sigma), one));
      FloatVector.fromArray(WIDE, dy, i).mul(slope).intoArray(dy, i);
    }
    for (; i < length; i++) {
      float sigma = Transcendental.logistic(z[i]);
      dy[i] = dy[i] * (sigma * Math.fma(z[i], 1f - sigma, 1f));
    }
    sumColumns(rows, columns, dy, sums, at);
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
    // Where the machine's vectors are longer than the units, what is left of each row is plain.
    int whole = units / L * L;
    for (int r = first; r < first + rows && whole > 0; r++) {
      int g = 4 * r * units;
      int at = r * units;
      if (whole == units) {
        logistic(gates, g, g + 3 * units);
      } else {
        logistic(gates, g, g + whole);
        logistic(gates, g + units, g + units + whole);
        logistic(gates, g + 2 * units, g + 2 * units + whole);
      }
      tanh(gates, g + 3 * units, g + 3 * units + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector input = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector forget = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector fresh = FloatVector.fromArray(WIDE, gates, g + 3 * units + u);
        FloatVector c = forget.fma(FloatVector.fromArray(WIDE, before, at + u), input.mul(fresh));
        c.intoArray(cells, at + u);
        c.intoArray(squashed, at + u);
      }
      tanh(squashed, at, at + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector.fromArray(WIDE, gates, g + 2 * units + u)
            .mul(FloatVector.fromArray(WIDE, squashed, at + u))
            .intoArray(out, at + u);
      }
    }
    for (int r = first; r < first + rows && whole < units; r++) {
      PlainKernel.lstmTail(r, whole, units, gates, before, cells, squashed, out);
    }
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
    int whole = units / L * L;
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    for (int r = 0; r < rows; r++) {
      int g = 4 * (first + r) * units;
      int at = (first + r) * units;
      int place = r * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector i = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector f = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector o = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 3 * units + u);
        FloatVector t = FloatVector.fromArray(WIDE, squashed, at + u);
        FloatVector dh = FloatVector.fromArray(WIDE, dOut, at + u);
        FloatVector dc =
            dh.mul(o).fma(t.neg().fma(t, one), FloatVector.fromArray(WIDE, dCells, place + u));
        FloatVector c = FloatVector.fromArray(WIDE, before, at + u);
        dc.mul(n).mul(i).mul(one.sub(i)).intoArray(dGates, g + u);
        dc.mul(c).mul(f).mul(one.sub(f)).intoArray(dGates, g + units + u);
        dh.mul(t).mul(o).mul(one.sub(o)).intoArray(dGates, g + 2 * units + u);
        dc.mul(i).mul(n.neg().fma(n, one)).intoArray(dGates, g + 3 * units + u);
        dc.mul(f).intoArray(dCells, place + u);
        FloatVector.zero(WIDE).intoArray(hidden, place + u);
      }
      if (whole < units) {
        PlainKernel.lstmGradientTail(
            first + r, r, whole, units, gates, before, squashed, dOut, dGates, dCells, hidden);
      }
    }
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
    int whole = units / L * L;
    int width = Kernel.stride(3 * units);
    for (int r = first; r < first + rows && whole > 0; r++) {
      int g = r * width;
      int at = r * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector.fromArray(WIDE, gates, g + u)
            .add(FloatVector.fromArray(WIDE, fromState, g + u))
            .intoArray(gates, g + u);
        FloatVector.fromArray(WIDE, gates, g + units + u)
            .add(FloatVector.fromArray(WIDE, fromState, g + units + u))
            .intoArray(gates, g + units + u);
      }
      if (whole == units) {
        logistic(gates, g, g + 2 * units);
      } else {
        logistic(gates, g, g + whole);
        logistic(gates, g + units, g + units + whole);
      }
      for (int u = 0; u < whole; u += L) {
        int n = g + 2 * units + u;
        FloatVector.fromArray(WIDE, gates, g + u)
            .fma(FloatVector.fromArray(WIDE, fromState, n), FloatVector.fromArray(WIDE, gates, n))
            .intoArray(gates, n);
      }
      tanh(gates, g + 2 * units, g + 2 * units + whole);
      for (int u = 0; u < whole; u += L) {
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector.fromArray(WIDE, gates, g + units + u)
            .fma(FloatVector.fromArray(WIDE, before, at + u).sub(n), n)
            .intoArray(out, at + u);
      }
    }
    for (int r = first; r < first + rows && whole < units; r++) {
      PlainKernel.gruTail(r, whole, units, gates, fromState, before, out);
    }
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
    int whole = units / L * L;
    int width = Kernel.stride(3 * units);
    FloatVector one = FloatVector.broadcast(WIDE, 1f);
    for (int row = 0; row < rows; row++) {
      int g = (first + row) * width;
      int at = (first + row) * units;
      for (int u = 0; u < whole; u += L) {
        FloatVector r = FloatVector.fromArray(WIDE, gates, g + u);
        FloatVector z = FloatVector.fromArray(WIDE, gates, g + units + u);
        FloatVector n = FloatVector.fromArray(WIDE, gates, g + 2 * units + u);
        FloatVector dh = FloatVector.fromArray(WIDE, dOut, at + u);
        FloatVector dn = dh.mul(one.sub(z)).mul(n.neg().fma(n, one));
        FloatVector dr =
            dn.mul(FloatVector.fromArray(WIDE, fromState, g + 2 * units + u))
                .mul(r)
                .mul(one.sub(r));
        FloatVector dz =
            dh.mul(FloatVector.fromArray(WIDE, before, at + u).sub(n)).mul(z).mul(one.sub(z));
        dr.intoArray(dGates, g + u);
        dz.intoArray(dGates, g + units + u);
        dn.intoArray(dGates, g + 2 * units + u);
        dr.intoArray(dFromState, g + u);
        dz.intoArray(dFromState, g + units + u);
        dn.mul(r).intoArray(dFromState, g + 2 * units + u);
        dh.mul(z).intoArray(hidden, row * units + u);
      }
      if (whole < units) {
        PlainKernel.gruGradientTail(
            first + row,
            row,
            whole,
            units,
            gates,
            fromState,
            before,
            dOut,
            dGates,
            dFromState,
            hidden);
      }
    }
  }

  @Override
  public float sumOfSquares(int length, float[] x, float[] partial) {
    for (int j = 0; j < PARTIAL_SUMS; j += 4 * L) {
      FloatVector s0 = FloatVector.zero(WIDE);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = j; i < length; i += PARTIAL_SUMS) {
        FloatVector x0 = FloatVector.fromArray(WIDE, x, i);
        FloatVector x1 = FloatVector.fromArray(WIDE, x, i + L);
        FloatVector x2 = FloatVector.fromArray(WIDE, x, i + 2 * L);
        FloatVector x3 = FloatVector.fromArray(WIDE, x, i + 3 * L);
        s0 = x0.fma(x0, s0);
        s1 = x1.fma(x1, s1);
        s2 = x2.fma(x2, s2);
        s3 = x3.fma(x3, s3);
      }
      s0.intoArray(partial, j);
      s1.intoArray(partial, j + L);
      s2.intoArray(partial, j + 2 * L);
      s3.intoArray(partial, j + 3 * L);
    }
    return Kernel.fold(partial);
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
    float fresh1 = 1f - beta1;
    float fresh2 = 1f - beta2;
    FloatVector decay1 = FloatVector.broadcast(WIDE, beta1);
    FloatVector decay2 = FloatVector.broadcast(WIDE, beta2);
    FloatVector step = FloatVector.broadcast(WIDE, -stepSize);
    for (int i = 0; i < length; i += L) {
      FloatVector g = FloatVector.fromArray(WIDE, gradients, i).mul(scale);
      FloatVector first =
          decay1.fma(FloatVector.fromArray(WIDE, m, i), g.mul(fresh1)).add(FLUSH).sub(FLUSH);
      FloatVector second =
          decay2.fma(FloatVector.fromArray(WIDE, v, i), g.mul(fresh2).mul(g)).add(FLUSH).sub(FLUSH);
      first.intoArray(m, i);
      second.intoArray(v, i);
      step.fma(first.div(second.sqrt().add(epsilon)), FloatVector.fromArray(WIDE, p, i).mul(keep))
          .intoArray(p, i);
    }
  }
}
