package org.bellmanrl.lab.internal.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
  private static final int MOST_MARKS = 8;
  private static final int MARKS_UP = 6;

  /** The share of the values, at either end, that may be outliers. */
  private static final double OUTLIERS = 0.02;

  /** How many times as far away outliers are as the others are apart. */
  private static final double FAR = 3;

  /** How much of that is drawn where there are outliers. */
  private static final double NEAR = 0.25;

  /** Widths of the letters of common fonts, as a part of their size, on average. */
  private static final double LETTER = 0.55;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Series> series;
  private final String note;
  private final double low;
  private final double high;
  private final boolean log;

  private Chart(
      String title,
      String xTitle,
      String yTitle,
      List<Series> series,
      String note,
      double low,
      double high,
      boolean log) {
    this.title = Objects.requireNonNull(title);
    this.xTitle = Objects.requireNonNull(xTitle);
    this.yTitle = Objects.requireNonNull(yTitle);
    this.series = List.copyOf(series);
    this.note = note;
    this.low = low;
    this.high = high;
    this.log = log;
  }

  /**
   * A chart that is as high as its lines and bands, but for outliers: a few values far beyond the
   * others are cut off, and a mark at the edge stands for them.
   */
  public static Chart of(String title, String xTitle, String yTitle, List<Series> series) {
    return new Chart(title, xTitle, yTitle, series, "", Double.NaN, Double.NaN, false);
  }

  /** The same between two values; what lies beyond is cut off, and marked at the edge. */
  public Chart between(double least, double most) {
    if (!(least < most)) {
      throw new IllegalArgumentException(
          "the low end must be below the high end, were " + least + " and " + most);
    }
    return new Chart(title, xTitle, yTitle, series, note, least, most, log);
  }

  /** The same with a line of small print that says how to read it. */
  public Chart noted(String words) {
    return new Chart(title, xTitle, yTitle, series, words, low, high, log);
  }

  /**
   * The same on a logarithmic scale.
   *
   * @throws IllegalArgumentException if there is no value above 0 to draw, or the low end is not
   */
  public Chart logarithmic() {
    double least = Double.POSITIVE_INFINITY;
    for (Series one : series) {
      for (int i = 0; i < one.size(); i++) {
        least = one.y(i) > 0 ? Math.min(least, one.y(i)) : least;
      }
    }
    if (Double.isInfinite(least) || low <= 0) {
      throw new IllegalArgumentException(
          "a logarithmic scale needs values above 0, and an end above 0 with --y; these are not");
    }
    return new Chart(title, xTitle, yTitle, series, note, low, high, true);
  }

  /**
   * Draws it into a file.
   *
   * @param file ends in {@code .svg} or {@code .png}
   */
  public void write(Path file) throws IOException {
    // Long names widen the picture: they must not take the room of the lines.
    double width = WIDTH + Math.max(0, legendWidth() - MOST_LEGEND);
    Surface.Drawing drawing = Surface.open(file, description(), width, HEIGHT);
    draw(drawing, width);
    drawing.write();
  }

  private String description() {
    String lines = series.stream().map(Series::name).collect(Collectors.joining(", "));
    return (title.isEmpty() ? "" : title + ": ") + yTitle + " over " + xTitle + ": " + lines;
  }

  private void draw(Surface surface, double width) {
    double right = width - RIGHT - legendWidth();
    Axis x = xAxis(right);
    Axis y = yAxis();
    surface.text(LEFT, TOP / 2, title, SIZE + 2, Surface.Anchor.START, Ink.TEXT);
    for (double mark : y.marks(MARKS_UP)) {
      double at = y.place(mark);
      straight(surface, LEFT, at, right, at, Ink.FAINT);
      surface.text(LEFT - 6, at, y.label(mark, MARKS_UP), SIZE - 1, Surface.Anchor.END, Ink.TEXT);
    }
    int about = marksAcross(x);
    for (double mark : x.marks(about)) {
      double at = x.place(mark);
      String label = x.label(mark, about);
      straight(surface, at, TOP, at, HEIGHT - BOTTOM, Ink.FAINT);
      surface.text(at, HEIGHT - BOTTOM + 12, label, SIZE - 1, Surface.Anchor.MIDDLE, Ink.TEXT);
    }
    straight(surface, LEFT, TOP, LEFT, HEIGHT - BOTTOM, Ink.TEXT);
    straight(surface, LEFT, HEIGHT - BOTTOM, right, HEIGHT - BOTTOM, Ink.TEXT);
    surface.text((LEFT + right) / 2, HEIGHT - 22, xTitle, SIZE, Surface.Anchor.MIDDLE, Ink.TEXT);
    surface.text(LEFT, HEIGHT - 7, note, SIZE - 2, Surface.Anchor.START, Ink.TEXT);
    surface.upwards(14, (TOP + HEIGHT - BOTTOM) / 2, yTitle, SIZE, Ink.TEXT);
    for (int i = 0; i < series.size(); i++) {
      band(surface, series.get(i), x, y, Ink.series(i));
    }
    for (int i = 0; i < series.size(); i++) {
      lines(surface, series.get(i), x, y, Ink.series(i), i >= 8);
    }
    legend(surface, right + 14);
  }

  /** About as many marks as have room for their labels, side by side. */
  private static int marksAcross(Axis x) {
    int about = MOST_MARKS;
    while (about > 2) {
      int tried = about;
      double letters =
          x.marks(about).stream()
              .mapToInt(mark -> x.label(mark, tried).length() + 2)
              .max()
              .orElse(0);
      double apart = x.step(about) / (x.high() - x.low()) * (x.to() - x.from());
      if (letters * (SIZE - 1) * LETTER <= apart) {
        break;
      }
      about--;
    }
    return about;
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
        ? new Axis(0, 1, LEFT, right, false)
        : roomy(Axis.over(least, most, LEFT, right));
  }

  private static Axis roomy(Axis x) {
    return x.widened(marksAcross(x));
  }

  private Axis yAxis() {
    double[] values = drawn();
    if (!Double.isNaN(low)) {
      return Axis.over(low, high, HEIGHT - BOTTOM, TOP).scaled(log);
    }
    if (values.length == 0) {
      return new Axis(0, 1, HEIGHT - BOTTOM, TOP, false);
    }
    double least = values[0];
    double most = values[values.length - 1];
    if (log) {
      return Axis.over(least, most, HEIGHT - BOTTOM, TOP).scaled(true);
    }
    // Between these lie nearly all values. What is far beyond presses all lines flat.
    double bottom = values[(int) (OUTLIERS * (values.length - 1))];
    double top = values[(int) Math.ceil((1 - OUTLIERS) * (values.length - 1))];
    double far = FAR * (top - bottom);
    if (top > bottom && bottom - least > far) {
      least = bottom - NEAR * (top - bottom);
    }
    if (top > bottom && most - top > far) {
      most = top + NEAR * (top - bottom);
    }
    return Axis.over(least, most, HEIGHT - BOTTOM, TOP).widened(MARKS_UP);
  }

  /** All ends of bands, in ascending order; on a logarithmic scale those above 0. */
  private double[] drawn() {
    return series.stream()
        .flatMapToDouble(one ->
            IntStream.range(0, one.size())
                .filter(i -> Double.isFinite(one.y(i)))
                .mapToObj(i -> new double[] {one.low(i), one.high(i)})
                .flatMapToDouble(Arrays::stream))
        .filter(value -> !log || value > 0)
        .sorted()
        .toArray();
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
    outliers(surface, one, x, y, ink);
  }

  /** A mark at the edge for each run of values that lie beyond it. */
  private static void outliers(Surface surface, Series one, Axis x, Axis y, Ink ink) {
    int before = 0;
    for (int i = 0; i < one.size(); i++) {
      int beyond = one.y(i) > y.high() ? 1 : one.y(i) < y.low() ? -1 : 0;
      if (beyond != 0 && beyond != before) {
        double at = x.place(one.x(i));
        double edge = beyond > 0 ? TOP : HEIGHT - BOTTOM;
        surface.polygon(
            new double[] {at, at - 4, at + 4},
            new double[] {edge - 7 * beyond, edge - beyond, edge - beyond},
            ink,
            1);
      }
      before = beyond;
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
