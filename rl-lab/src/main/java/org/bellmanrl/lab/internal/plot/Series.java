package org.bellmanrl.lab.internal.plot;

/**
 * A line of a chart, perhaps with a band around it.
 *
 * <p>Immutable; NaN leaves a gap.
 */
public final class Series {
  private final String name;
  private final double[] x;
  private final double[] y;
  private final double[] low;
  private final double[] high;

  private Series(String name, double[] x, double[] y, double[] low, double[] high) {
    if (x.length != y.length || x.length != low.length || x.length != high.length) {
      throw new IllegalArgumentException(
          "series '%s' has %d places, %d values, and %d and %d ends of its band; they must be as many"
              .formatted(name, x.length, y.length, low.length, high.length));
    }
    this.name = name;
    this.x = x.clone();
    this.y = y.clone();
    this.low = low.clone();
    this.high = high.clone();
  }

  /** A line through points from left to right. */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(name, x, y, y, y);
  }

  /**
   * A line with a band.
   *
   * @param spread how far the band reaches above and below each point, at least 0
   */
  public static Series of(String name, double[] x, double[] y, double[] spread) {
    if (spread.length != y.length) {
      throw new IllegalArgumentException(
          "series '%s' has %d values and %d spreads; they must be as many"
              .formatted(name, y.length, spread.length));
    }
    double[] low = new double[y.length];
    double[] high = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      low[i] = y[i] - spread[i];
      high[i] = y[i] + spread[i];
    }
    return new Series(name, x, y, low, high);
  }

  /**
   * A line with a band that may reach further on one side.
   *
   * @param low lower end of the band at each point
   * @param high its upper end
   */
  public static Series banded(String name, double[] x, double[] y, double[] low, double[] high) {
    return new Series(name, x, y, low, high);
  }

  /** How the legend calls it. */
  public String name() {
    return name;
  }

  int size() {
    return x.length;
  }

  double x(int i) {
    return x[i];
  }

  double y(int i) {
    return y[i];
  }

  double low(int i) {
    return low[i];
  }

  double high(int i) {
    return high[i];
  }
}
