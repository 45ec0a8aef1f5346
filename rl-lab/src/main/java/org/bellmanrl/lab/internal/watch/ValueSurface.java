package org.bellmanrl.lab.internal.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.lab.internal.view.ObservationStatistics;
import org.bellmanrl.lab.internal.view.StateTable;
import org.bellmanrl.lab.internal.view.ValueSlices;
import org.bellmanrl.lab.internal.view.ValueSlices.Axis;
import org.bellmanrl.results.document.Json;
import org.jspecify.annotations.Nullable;

/**
 * Values of a task with real observations, over two elements of the observation while the others
 * are what was observed last. Stateless, so safe for any thread.
 */
final class ValueSurface {
  private static final int ACROSS = 48;
  private static final int UP = 36;

  private final ValueSlices slices;

  private ValueSurface(ValueSlices slices) {
    this.slices = slices;
  }

  /** The surface of a task, if it has one. */
  static Optional<ValueSurface> of(VectorEnvironment environment) {
    return ValueSlices.of(environment).map(ValueSurface::new);
  }

  /** Number of elements to choose from. */
  int elements() {
    return slices.elements();
  }

  /**
   * Values, of the best action where actions have values, and best actions, as JSON.
   *
   * @param x the element to the right
   * @param y the element upwards
   * @return empty if the learner has no values, or nothing has been observed yet
   */
  Optional<String> draw(Snapshot snapshot, ObservationStatistics seen, int x, int y) {
    ValueFunction values = snapshot.values();
    if (values == null || !seen.any()) {
      return Optional.empty();
    }
    Axis across = slices.axis(x, seen, ACROSS);
    Axis up = slices.axis(y, seen, UP);
    float[] at = seen.latest();
    return slices
        .values(values, snapshot.transform(), across, up, at)
        .map(table -> Json.text(entries(snapshot, across, up, at, table)));
  }

  private static Map<String, @Nullable Object> entries(
      Snapshot snapshot, Axis across, Axis up, float[] at, StateTable table) {
    List<@Nullable Object> value = new ArrayList<>();
    List<Integer> action = new ArrayList<>();
    for (int cell = 0; cell < ACROSS * UP; cell++) {
      value.add(Curve.number(table.value(cell)));
      action.add(Math.max(0, table.action(cell)));
    }
    List<@Nullable Object> others = new ArrayList<>();
    for (float number : at) {
      others.add(Curve.number(number));
    }
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("step", snapshot.step());
    entries.put("x", across.element());
    entries.put("y", up.element());
    entries.put("across", ACROSS);
    entries.put("up", UP);
    entries.put("xs", List.of(across.low(), across.high()));
    entries.put("ys", List.of(up.low(), up.high()));
    entries.put("at", others);
    entries.put("actions", table.width());
    entries.put("v", value);
    entries.put("best", action);
    return entries;
  }
}
