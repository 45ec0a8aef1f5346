package org.bellmanrl.api.transform;

import java.util.Arrays;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;

/**
 * A transform that lays grids over real observations and gives the number of the cell in each.
 *
 * <p>Along element i, of which {@code divisions} parts of equal width span the range from {@code
 * low} to {@code high}, the cell of x is {@code min(floor((clamp(x, low, high) − low) · divisions /
 * (high − low) + shift), cells − 1)}, in double precision. The number of a cell counts the last
 * element's cells fastest.
 *
 * <p>Its numbers can be read, for code that exports policies with all that they need. Immutable.
 */
public final class GridCode implements ObservationTransform {
  private final Box takes;
  private final Space space;
  private final boolean apart;
  private final int grids;
  private final int width;
  private final int[] parts;
  private final int[] cells;
  private final double[] low;
  private final double[] high;

  /** By grid and element, in parts, in [0, 1). */
  private final double[] shift;

  private GridCode(
      Box takes, int grids, int[] parts, int extra, double[] low, double[] high, boolean apart) {
    int size = takes.size();
    if (takes.dtype() != DType.FLOAT32
        || parts.length != size
        || low.length != size
        || high.length != size) {
      throw new IllegalArgumentException(
          "grids over %s need real numbers, and parts and bounds for each of %d elements, had %d, %d and %d"
              .formatted(takes, size, parts.length, low.length, high.length));
    }
    this.takes = takes;
    this.grids = grids;
    this.width = size;
    this.parts = parts.clone();
    this.low = low.clone();
    this.high = high.clone();
    this.apart = apart;
    this.cells = new int[size];
    int together = 1;
    for (int i = 0; i < size; i++) {
      if (parts[i] < 1 || !(low[i] < high[i]) || !Double.isFinite(high[i] - low[i])) {
        throw new IllegalArgumentException(
            "element %d must have at least 1 part and finite bounds with low < high, had %d, %s and %s"
                .formatted(i, parts[i], low[i], high[i]));
      }
      cells[i] = Math.addExact(parts[i], extra);
      together = apart ? 1 : Math.multiplyExact(together, cells[i]);
    }
    this.shift = new double[Math.multiplyExact(grids, width)];
    for (int grid = 0; grid < grids; grid++) {
      for (int i = 0; i < width; i++) {
        shift[grid * width + i] = (double) (grid * (2L * i + 1) % grids) / grids;
      }
    }
    this.space = space(together, extra > 0);
  }

  private Space space(int together, boolean tilings) {
    if (apart) {
      return new MultiDiscrete(cells);
    }
    if (!tilings) {
      return new Discrete(together);
    }
    int[] each = new int[grids];
    Arrays.fill(each, together);
    return new MultiDiscrete(each);
  }

  /**
   * Creates one grid of as many bins along each element as it has parts.
   *
   * @param takes real observations
   * @param bins along each element, at least 1
   * @param low where the first bin begins, for each element
   * @param high where the last bin ends, for each element
   * @param apart whether the bins are given one by one, as a MultiDiscrete, instead of a Discrete
   *     number
   * @throws IllegalArgumentException if there are not as many bins and bounds as elements, or they
   *     are out of range
   * @throws ArithmeticException if there are more than 2³¹ − 1 cells
   */
  public static GridCode bins(Box takes, int[] bins, double[] low, double[] high, boolean apart) {
    return new GridCode(takes, 1, bins, 0, low, high, apart);
  }

  /**
   * Creates several grids (tilings), shifted against one another by (1, 3, 5, …) · grid / grids of
   * a part along the elements, modulo one part; each has one cell more than parts along each
   * element. It gives a MultiDiscrete of one number for each grid (Sutton &amp; Barto, 2nd ed.,
   * 2018, section 9.5.4).
   *
   * @param takes real observations
   * @param tilings how many grids, at least 1
   * @param tiles parts along each element, at least 1
   * @param low where the range begins, for each element
   * @param high where the range ends, for each element
   * @throws IllegalArgumentException if there are not as many tiles and bounds as elements, or they
   *     are out of range
   * @throws ArithmeticException if a grid has more than 2³¹ − 1 cells
   */
  public static GridCode tilings(Box takes, int tilings, int[] tiles, double[] low, double[] high) {
    Require.atLeast("tilings", tilings, 1);
    return new GridCode(takes, tilings, tiles, 1, low, high, false);
  }

  /** Returns the observations that are taken. */
  public Box takes() {
    return takes;
  }

  @Override
  public Space space() {
    return space;
  }

  /** Returns whether cells are given one by one for each element instead of as one number. */
  public boolean apart() {
    return apart;
  }

  /** Returns whether this was made by {@link #tilings} rather than {@link #bins}. */
  public boolean tiled() {
    return space instanceof MultiDiscrete && !apart;
  }

  /** Returns how many grids there are. */
  public int grids() {
    return grids;
  }

  /** Returns how many parts the range of each element is divided into: a copy. */
  public int[] divisions() {
    return parts.clone();
  }

  /** Returns the cells along each element: a copy. */
  public int[] cells() {
    return cells.clone();
  }

  /** Returns where the range of each element begins: a copy. */
  public double[] low() {
    return low.clone();
  }

  /** Returns where the range of each element ends: a copy. */
  public double[] high() {
    return high.clone();
  }

  /** Returns by how many parts a grid is shifted along each element, in [0, 1): a new array. */
  public double[] shift(int grid) {
    return Arrays.copyOfRange(shift, grid * width, (grid + 1) * width);
  }

  /** Does what {@link #next} does, since this transform has no memory. */
  @Override
  public void begin(Rows rows, Columns in, Columns out) {
    next(rows, in, out);
  }

  /**
   * Transforms observations.
   *
   * @throws IllegalStateException if one holds NaN
   */
  @Override
  public void next(Rows rows, Columns in, Columns out) {
    int each = apart ? width : grids;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      int to = row * each;
      Arrays.fill(out.ints(), to, to + each, 0);
      for (int element = 0; element < width; element++) {
        double position = position(in.floats()[row * width + element], element);
        if (apart) {
          out.ints()[to + element] = cell(position, 0, element);
        } else {
          for (int grid = 0; grid < grids; grid++) {
            out.ints()[to + grid] =
                out.ints()[to + grid] * cells[element] + cell(position, grid, element);
          }
        }
      }
    }
  }

  private double position(float value, int element) {
    if (Float.isNaN(value)) {
      throw new IllegalStateException(
          "element %d of an observation in %s is NaN, which is in no cell of a grid"
              .formatted(element, takes));
    }
    double from = low[element];
    double to = high[element];
    return (Math.clamp((double) value, from, to) - from) * parts[element] / (to - from);
  }

  private int cell(double position, int grid, int element) {
    return Math.min((int) (position + shift[grid * width + element]), cells[element] - 1);
  }

  /** This itself: it has no statistics and remembers nothing. */
  @Override
  public GridCode frozen(int rows) {
    return this;
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public void carry(State state, int row) {}
}
