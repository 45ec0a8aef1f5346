package org.bellmanrl.lab.internal.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.lab.internal.run.Json;
import org.jspecify.annotations.Nullable;

/**
 * Values of a task with real observations, over two elements of the observation while the others
 * are what was observed last. Stateless, so safe for any thread.
 */
final class ValueSurface {
  private static final int MOST_ELEMENTS = 64;
  private static final int ACROSS = 48;
  private static final int UP = 36;

  /** A bound beyond that is none that anything is drawn to. */
  private static final double UNBOUNDED = 1e6;

  private final EnvironmentSpec spec;
  private final Box box;

  private ValueSurface(EnvironmentSpec spec, Box box) {
    this.spec = spec;
    this.box = box;
  }

  /** What was observed: the latest, and the least and the greatest of each element. */
  static final class Seen {
    private final float[] latest;
    private final float[] least;
    private final float[] greatest;

    Seen(int floats) {
      this.latest = new float[floats];
      this.least = new float[floats];
      this.greatest = new float[floats];
      Arrays.fill(least, Float.POSITIVE_INFINITY);
      Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    }

    private Seen(Seen other) {
      this.latest = other.latest.clone();
      this.least = other.least.clone();
      this.greatest = other.greatest.clone();
    }

    void take(float[] observed) {
      System.arraycopy(observed, 0, latest, 0, latest.length);
      for (int i = 0; i < latest.length; i++) {
        least[i] = Math.min(least[i], observed[i]);
        greatest[i] = Math.max(greatest[i], observed[i]);
      }
    }

    Seen copy() {
      return new Seen(this);
    }
  }

  /** The surface of a task with at least two real elements, and not too many. */
  static Optional<ValueSurface> of(EnvironmentSpec spec) {
    return spec.observationSpace() instanceof Box box
            && box.dtype() == DType.FLOAT32
            && box.size() >= 2
            && box.size() <= MOST_ELEMENTS
        ? Optional.of(new ValueSurface(spec, box))
        : Optional.empty();
  }

  /** Number of elements to choose from. */
  int elements() {
    return box.size();
  }

  /**
   * Values, of the best action where actions have values, and best actions, as JSON.
   *
   * @param x the element to the right
   * @param y the element upwards
   * @return empty if the learner has no values, or nothing has been observed yet
   */
  Optional<String> draw(Snapshot snapshot, Seen seen, int x, int y) {
    ValueFunction values = snapshot.values();
    if (values == null || !Float.isFinite(seen.least[x]) || !Float.isFinite(seen.least[y])) {
      return Optional.empty();
    }
    double[] xs = ends(seen, x);
    double[] ys = ends(seen, y);
    int cells = ACROSS * UP;
    Observations observations = new Observations(spec, cells);
    Arrays.fill(observations.mask(), true);
    float[] floats = observations.values().floats();
    int width = box.size();
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(seen.latest, 0, floats, cell * width, width);
      floats[cell * width + x] = (float) middle(xs, cell % ACROSS, ACROSS);
      floats[cell * width + y] = (float) middle(ys, UP - 1 - cell / ACROSS, UP);
    }
    int actions = values.width();
    double[] numbers = new double[cells * actions];
    values.evaluate(Rows.all(cells), observations, numbers);
    List<@Nullable Object> best = new ArrayList<>();
    List<Integer> action = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      int from = cell * actions;
      int most = 0;
      for (int a = 1; a < actions; a++) {
        most = numbers[from + a] > numbers[from + most] ? a : most;
      }
      best.add(Curve.number(numbers[from + most]));
      action.add(most);
    }
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("step", snapshot.step());
    entries.put("x", x);
    entries.put("y", y);
    entries.put("across", ACROSS);
    entries.put("up", UP);
    entries.put("xs", List.of(xs[0], xs[1]));
    entries.put("ys", List.of(ys[0], ys[1]));
    entries.put("actions", actions);
    entries.put("v", best);
    entries.put("best", action);
    return Optional.of(Json.text(entries));
  }

  /** The bounds of an element or, where there are none, the ends of what was observed. */
  private double[] ends(Seen seen, int i) {
    boolean bounded = Math.abs(box.low(i)) < UNBOUNDED && Math.abs(box.high(i)) < UNBOUNDED;
    double low = bounded ? box.low(i) : seen.least[i];
    double high = bounded ? box.high(i) : seen.greatest[i];
    return high > low ? new double[] {low, high} : new double[] {low - 1, low + 1};
  }

  private static double middle(double[] ends, int at, int of) {
    return ends[0] + (ends[1] - ends[0]) * (at + 0.5) / of;
  }
}
