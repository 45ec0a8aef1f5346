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
  private final double[] spread;

  private Series(String name, double[] x, double[] y, double[] spread) {
    if (x.length != y.length || x.length != spread.length) {
      throw new IllegalArgumentException(
          "series '%s' has %d places, %d values and %d spreads; they must be as many"
              .formatted(name, x.length, y.length, spread.length));
    }
    this.name = name;
    this.x = x.clone();
    this.y = y.clone();
    this.spread = spread.clone();
  }

  /** A line through points from left to right. */
  public static Series of(String name, double[] x, double[] y) {
    return new Series(name, x, y, new double[x.length]);
  }

  /**
   * A line with a band.
   *
   * @param spread how far the band reaches above and below each point, at least 0
   */
  public static Series of(String name, double[] x, double[] y, double[] spread) {
    return new Series(name, x, y, spread);
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

  double spread(int i) {
    return spread[i];
  }
}
