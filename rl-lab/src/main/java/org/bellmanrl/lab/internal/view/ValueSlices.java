package org.bellmanrl.lab.internal.view;

import java.util.Arrays;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Legend;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.transform.ObservationTransform;
import org.bellmanrl.results.document.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Values of a task with real observations over two elements of them, while the others are held.
 * Where wrappers sort the observations into bins or tiles, or change them in other ways, it is the
 * task's own observations that are gone through. Immutable.
 */
public final class ValueSlices {
  private static final int MOST_ELEMENTS = 64;

  /** A bound beyond that is none that anything is drawn to. */
  private static final double UNBOUNDED = 1e6;

  private final EnvironmentSpec learned;
  private final EnvironmentSpec source;
  private final Box box;
  private final boolean transformed;

  private ValueSlices(
      EnvironmentSpec learned, EnvironmentSpec source, Box box, boolean transformed) {
    this.learned = learned;
    this.source = source;
    this.box = box;
    this.transformed = transformed;
  }

  /** The slices of a task that shows at least two real numbers, and not too many. */
  public static Optional<ValueSlices> of(VectorEnvironment environment) {
    Optional<ObservationTransform.Source> within =
        environment.capability(0, ObservationTransform.Source.class);
    EnvironmentSpec source =
        within.map(ObservationTransform.Source::spec).orElse(environment.spec());
    return source.observationSpace() instanceof Box box
            && box.dtype() == DType.FLOAT32
            && box.size() >= 2
            && box.size() <= MOST_ELEMENTS
        ? Optional.of(new ValueSlices(environment.spec(), source, box, within.isPresent()))
        : Optional.empty();
  }

  /** Number of elements to choose from. */
  public int elements() {
    return box.size();
  }

  /** What an element is called. */
  public String name(int element) {
    String name = source.legend().observation(element);
    return name.isEmpty() ? "element " + element : name;
  }

  /**
   * One of the two elements that are gone through.
   *
   * @param element which
   * @param low where the first cell begins
   * @param high where the last cell ends
   * @param cells how many cells there are between
   */
  public record Axis(int element, double low, double high, int cells) {
    private float middle(int cell) {
      return (float) (low + (high - low) * (cell + 0.5) / cells);
    }
  }

  /** An element between its bounds or, where there are none, the ends of what was seen. */
  public Axis axis(int element, ObservationStatistics seen, int cells) {
    double low = box.low(element);
    double high = box.high(element);
    if (Math.abs(low) >= UNBOUNDED || Math.abs(high) >= UNBOUNDED) {
      low = seen.least(element);
      high = seen.greatest(element);
    }
    return high > low
        ? new Axis(element, low, high, cells)
        : new Axis(element, low - 1, low + 1, cells);
  }

  /**
   * Computes the values in the middle of each cell.
   *
   * @param values of the learner, for what the wrappers make of observations
   * @param transform what that is, frozen; null if there are no such wrappers
   * @param x the element to the right
   * @param y the element upwards
   * @param others what all other elements are, in the order of the elements
   * @return by line from the top, then by column; empty if the transform is not known
   */
  public Optional<StateTable> values(
      ValueFunction values,
      @Nullable ObservationTransform transform,
      Axis x,
      Axis y,
      float[] others) {
    if (transformed && transform == null) {
      return Optional.empty();
    }
    int cells = x.cells * y.cells;
    Rows all = Rows.all(cells);
    Observations observations = new Observations(source, cells);
    float[] floats = observations.values().floats();
    int width = box.size();
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(others, 0, floats, cell * width, width);
      floats[cell * width + x.element] = x.middle(cell % x.cells);
      floats[cell * width + y.element] = y.middle(y.cells - 1 - cell / x.cells);
    }
    if (transform != null && transformed) {
      Observations seen = new Observations(learned, cells);
      transform.frozen(cells).begin(all, observations.values(), seen.values());
      observations = seen;
    }
    Arrays.fill(observations.mask(), true);
    double[] numbers = new double[cells * values.width()];
    values.evaluate(all, observations, numbers);
    return Optional.of(StateTable.of(numbers, values.width()));
  }

  /** The grid on which the values of two elements are drawn. */
  public GridView grid(Axis x, Axis y, float[] others) {
    StringBuilder words = new StringBuilder();
    words.append("across: ").append(range(x)).append("; up: ").append(range(y));
    String before = "; at: ";
    for (int i = 0; i < others.length; i++) {
      if (i != x.element && i != y.element) {
        words.append(before).append(name(i)).append(' ').append(Numbers.brief(others[i]));
        before = "; ";
      }
    }
    return new Slice(x.cells, y.cells, words.toString(), learned.legend());
  }

  private String range(Axis axis) {
    return "%s from %s to %s"
        .formatted(name(axis.element), Numbers.brief(axis.low), Numbers.brief(axis.high));
  }

  private record Slice(int width, int height, String words, Legend legend) implements GridView {
    @Override
    public String layer(int layer) {
      return words;
    }

    @Override
    public int state(int layer, int row, int column) {
      return row * width + column;
    }

    @Override
    public char glyph(int action) {
      return GridView.glyph(legend.action(action), action);
    }
  }
}
