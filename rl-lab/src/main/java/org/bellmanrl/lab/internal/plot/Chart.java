package org.bellmanrl.lab.internal.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Lines over a common axis, with their bands, marks, titles and a legend.
 *
 * <p>Immutable.
 */
public final class Chart {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 380;
  private static final double TOP = 40;
  private static final double BOTTOM = 50;
  private static final double LEFT = 66;
  private static final double RIGHT = 16;
  private static final double SIZE = 12;
  private static final double LEGEND_LINE = 18;
  private static final double MOST_LEGEND = 200;
  private static final double BAND = 0.18;

  /** Widths of the letters of common fonts, as a part of their size, on average. */
  private static final double LETTER = 0.55;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Series> series;
  private final double low;
  private final double high;

  private Chart(
      String title, String xTitle, String yTitle, List<Series> series, double low, double high) {
    this.title = Objects.requireNonNull(title);
    this.xTitle = Objects.requireNonNull(xTitle);
    this.yTitle = Objects.requireNonNull(yTitle);
    this.series = List.copyOf(series);
    this.low = low;
    this.high = high;
  }

  /** A chart that is as high as its lines and bands. */
  public static Chart of(String title, String xTitle, String yTitle, List<Series> series) {
    return new Chart(title, xTitle, yTitle, series, Double.NaN, Double.NaN);
  }

  /** The same between two values; what lies beyond is cut off. */
  public Chart between(double least, double most) {
    if (!(least < most)) {
      throw new IllegalArgumentException(
          "the low end must be below the high end, were " + least + " and " + most);
    }
    return new Chart(title, xTitle, yTitle, series, least, most);
  }

  /**
   * Draws it into a file.
   *
   * @param file ends in {@code .svg} or {@code .png}
   */
  public void write(Path file) throws IOException {
    // Long names widen the picture: they must not take the room of the lines.
    double width = WIDTH + Math.max(0, legendWidth() - MOST_LEGEND);
    Surface.Drawing drawing = Surface.open(file, width, HEIGHT);
    draw(drawing, width);
    drawing.write();
  }

  private void draw(Surface surface, double width) {
    double right = width - RIGHT - legendWidth();
    Axis x = xAxis(right);
    Axis y = yAxis();
    surface.text(LEFT, TOP / 2, title, SIZE + 2, Surface.Anchor.START, Ink.TEXT);
    double yStep = y.step(6);
    for (double mark : y.marks(6)) {
      double at = y.place(mark);
      straight(surface, LEFT, at, right, at, Ink.FAINT);
      surface.text(LEFT - 6, at, Axis.text(mark, yStep), SIZE - 1, Surface.Anchor.END, Ink.TEXT);
    }
    double xStep = x.step(8);
    for (double mark : x.marks(8)) {
      double at = x.place(mark);
      straight(surface, at, TOP, at, HEIGHT - BOTTOM, Ink.FAINT);
      surface.text(
          at,
          HEIGHT - BOTTOM + 12,
          Axis.text(mark, xStep),
          SIZE - 1,
          Surface.Anchor.MIDDLE,
          Ink.TEXT);
    }
    straight(surface, LEFT, TOP, LEFT, HEIGHT - BOTTOM, Ink.TEXT);
    straight(surface, LEFT, HEIGHT - BOTTOM, right, HEIGHT - BOTTOM, Ink.TEXT);
    surface.text((LEFT + right) / 2, HEIGHT - 14, xTitle, SIZE, Surface.Anchor.MIDDLE, Ink.TEXT);
    surface.upwards(14, (TOP + HEIGHT - BOTTOM) / 2, yTitle, SIZE, Ink.TEXT);
    for (int i = 0; i < series.size(); i++) {
      band(surface, series.get(i), x, y, Ink.series(i));
    }
    for (int i = 0; i < series.size(); i++) {
      lines(surface, series.get(i), x, y, Ink.series(i), i >= 8);
    }
    legend(surface, right + 14);
  }

  private static void straight(
      Surface surface, double x0, double y0, double x1, double y1, Ink ink) {
    surface.line(new double[] {x0, x1}, new double[] {y0, y1}, ink, 1, false);
  }

  private double legendWidth() {
    int longest = 0;
    for (Series one : series) {
      longest = Math.max(longest, one.name().length());
    }
    return longest == 0 ? 0 : 14 + 26 + longest * SIZE * LETTER;
  }

  private void legend(Surface surface, double left) {
    for (int i = 0; i < series.size(); i++) {
      if (!series.get(i).name().isEmpty()) {
        double at = TOP + 10 + i * LEGEND_LINE;
        surface.line(
            new double[] {left, left + 20}, new double[] {at, at}, Ink.series(i), 2, i >= 8);
        surface.text(left + 26, at, series.get(i).name(), SIZE, Surface.Anchor.START, Ink.TEXT);
      }
    }
  }

  private Axis xAxis(double right) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Series one : series) {
      for (int i = 0; i < one.size(); i++) {
        least = Math.min(least, one.x(i));
        most = Math.max(most, one.x(i));
      }
    }
    return Double.isInfinite(least)
        ? new Axis(0, 1, LEFT, right)
        : Axis.over(least, most, LEFT, right);
  }

  private Axis yAxis() {
    if (!Double.isNaN(low)) {
      return new Axis(low, high, HEIGHT - BOTTOM, TOP);
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Series one : series) {
      for (int i = 0; i < one.size(); i++) {
        if (Double.isFinite(one.y(i))) {
          least = Math.min(least, one.low(i));
          most = Math.max(most, one.high(i));
        }
      }
    }
    if (Double.isInfinite(least)) {
      return new Axis(0, 1, HEIGHT - BOTTOM, TOP);
    }
    double room = (most - least) * 0.04;
    return Axis.over(least - room, most + room, HEIGHT - BOTTOM, TOP);
  }

  private void band(Surface surface, Series one, Axis x, Axis y, Ink ink) {
    for (int from = 0; from < one.size(); from++) {
      int to = from;
      boolean any = false;
      while (to < one.size() && shown(one, to, y)) {
        any |= one.high(to) > one.low(to);
        to++;
      }
      if (any && to - from > 1) {
        int n = to - from;
        double[] xs = new double[2 * n];
        double[] ys = new double[2 * n];
        for (int i = 0; i < n; i++) {
          int j = 2 * n - 1 - i;
          xs[i] = x.place(one.x(from + i));
          xs[j] = xs[i];
          ys[i] = inside(y, one.high(from + i));
          ys[j] = inside(y, one.low(from + i));
        }
        surface.polygon(xs, ys, ink, BAND);
      }
      from = to;
    }
  }

  private void lines(Surface surface, Series one, Axis x, Axis y, Ink ink, boolean dashed) {
    for (int from = 0; from < one.size(); from++) {
      int to = from;
      while (to < one.size() && shown(one, to, y)) {
        to++;
      }
      if (to > from) {
        double[] xs = new double[to - from];
        double[] ys = new double[to - from];
        for (int i = from; i < to; i++) {
          xs[i - from] = x.place(one.x(i));
          ys[i - from] = y.place(one.y(i));
        }
        surface.line(xs, ys, ink, 1.6, dashed);
      }
      from = to;
    }
  }

  /** Whether a point lies between the ends; a line breaks off at one that does not. */
  private static boolean shown(Series one, int i, Axis y) {
    return one.y(i) >= y.low() && one.y(i) <= y.high();
  }

  private static double inside(Axis y, double value) {
    return y.place(Math.max(y.low(), Math.min(y.high(), value)));
  }
}
