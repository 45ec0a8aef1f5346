package org.bellmanrl.api.schedule;

import java.util.List;

/**
 * In straight lines from point to point, then constant.
 *
 * @param first where it begins
 * @param points where it passes, in the order of their times; of two at the same time, it jumps
 *     from the first to the second
 * @param clock what is counted
 */
record Piecewise(double first, List<Schedule.Point> points, Schedule.Clock clock)
    implements Schedule {
  Piecewise {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a piecewise schedule must have a point, had none");
    }
    requireFinite(first);
    for (int i = 0; i < points.size(); i++) {
      Schedule.Point point = points.get(i);
      requireFinite(point.value());
      ScheduleText.requireLength("the time of a piecewise schedule's point", point.time(), clock);
      if (i > 0 && point.time() < points.get(i - 1).time()) {
        throw new IllegalArgumentException(
            "the times of a piecewise schedule's points must not fall, were %s and %s"
                .formatted(
                    ScheduleText.length(points.get(i - 1).time(), clock),
                    ScheduleText.length(point.time(), clock)));
      }
      if (i > 1 && point.time() == points.get(i - 2).time()) {
        throw new IllegalArgumentException(
            "a piecewise schedule must have at most two points at a time, had three at "
                + ScheduleText.length(point.time(), clock));
      }
    }
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "a piecewise schedule's values must be finite, one was " + value);
    }
  }

  @Override
  public double at(double time) {
    double from = first;
    double since = 0;
    for (int i = 0; i < points.size(); i++) {
      Schedule.Point to = points.get(i);
      if (time < to.time()) {
        return from + (to.value() - from) * ((time - since) / (to.time() - since));
      }
      from = to.value();
      since = to.time();
    }
    return from;
  }

  @Override
  public double least() {
    double least = first;
    for (Schedule.Point point : points) {
      least = Math.min(least, point.value());
    }
    return least;
  }

  @Override
  public double greatest() {
    double greatest = first;
    for (Schedule.Point point : points) {
      greatest = Math.max(greatest, point.value());
    }
    return greatest;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("piecewise:").append(first);
    for (Schedule.Point point : points) {
      text.append(':').append(ScheduleText.length(point.time(), clock));
      text.append(':').append(point.value());
    }
    return text.toString();
  }
}
