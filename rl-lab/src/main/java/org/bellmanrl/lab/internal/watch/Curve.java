package org.bellmanrl.lab.internal.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.lab.internal.run.MetricsTable;
import org.jspecify.annotations.Nullable;

/**
 * A learning curve of at most {@link #MOST} points, each of which stands for equally many episodes;
 * immutable.
 *
 * <p>While the number of episodes per point stays, the points that there are stay too. So whoever
 * has some of them needs the new ones only.
 */
final class Curve {
  /** Most points. */
  static final int MOST = 800;

  private final long episodesPerPoint;
  private final long[] step;
  private final double[] meanReturn;
  private final double[] meanLength;
  private final List<String> names;
  private final double[][] numbers;
  private final Map<String, @Nullable Object> latest = new LinkedHashMap<>();

  private Curve(MetricsTable table, int group) {
    int points = table.rows() / group;
    this.episodesPerPoint = table.episodesPerRow() * group;
    this.step = new long[points];
    this.meanReturn = new double[points];
    this.meanLength = new double[points];
    this.names = table.names();
    this.numbers = new double[names.size()][points];
    for (int i = 0; i < points; i++) {
      int last = (i + 1) * group - 1;
      for (int row = i * group; row <= last; row++) {
        meanReturn[i] += table.meanReturn(row) / group;
        meanLength[i] += table.meanLength(row) / group;
      }
      step[i] = table.step(last);
      for (int name = 0; name < numbers.length; name++) {
        numbers[name][i] = table.value(name, last);
      }
    }
    table.forEachLatest((name, value) -> latest.put(name, number(value)));
  }

  /** The rows of a table, neighbours merged where there are too many. */
  static Curve of(MetricsTable table) {
    int group = 1;
    while (table.rows() / group > MOST) {
      group *= 2;
    }
    return new Curve(table, group);
  }

  /** Number of points. */
  int points() {
    return step.length;
  }

  /**
   * What a page lacks.
   *
   * @param after how many points there are already
   * @param per how many episodes each of those stands for
   */
  Map<String, @Nullable Object> since(long after, long per) {
    int from = per == episodesPerPoint ? (int) Math.min(after, points()) : 0;
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    entries.put("per", episodesPerPoint);
    entries.put("from", from);
    entries.put("names", names);
    List<Long> steps = new ArrayList<>();
    for (int i = from; i < points(); i++) {
      steps.add(step[i]);
    }
    entries.put("step", steps);
    entries.put("return", tail(meanReturn, from));
    entries.put("length", tail(meanLength, from));
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (double[] column : numbers) {
      columns.add(tail(column, from));
    }
    entries.put("numbers", columns);
    entries.put("latest", latest);
    return entries;
  }

  private static List<@Nullable Object> tail(double[] values, int from) {
    List<@Nullable Object> tail = new ArrayList<>(values.length - from);
    for (int i = from; i < values.length; i++) {
      tail.add(number(values[i]));
    }
    return tail;
  }

  /** Short, for a page; null for what is no number. */
  static @Nullable Object number(double value) {
    return Float.isFinite((float) value) ? (Object) (float) value : null;
  }
}
