package org.bellmanrl.tune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bellmanrl.api.random.RandomStream;

/**
 * A mixture of kernels, one around each of some points and a wide one, the prior, over the whole
 * space. A kernel is a product over the parameters: of normal densities cut at the ends of a range,
 * collected in cells where values are whole, and of probabilities of a choice's values.
 *
 * <p>Source: Bergstra et al. (2011), section 4, for the width of a kernel: the greater of the
 * distances to its neighbours on both sides, within limits; Falkner et al. (2018), section 3.2, for
 * kernels over all parameters together; Watanabe (2023), "Tree-structured Parzen estimator",
 * section 3.3, for the limits and the weights.
 */
final class ParzenEstimator {
  /** A kernel is never narrower than this part of the range, of few kernels a wider one. */
  private static final double NARROWEST = 0.01;

  /** The number of latest points that weigh 1; earlier ones weigh less. */
  private static final int RECENT = 25;

  private final Distribution[] distributions;
  private final double[][] points;
  private final double[] cumulative;
  private final double[] logWeights;
  private final double[] low;
  private final double[] high;
  private final double[][] width;

  /**
   * An estimator.
   *
   * @param points in the order of their trials; there may be none
   */
  ParzenEstimator(List<Distribution> distributions, List<double[]> points) {
    this.distributions = distributions.toArray(Distribution[]::new);
    this.points = points.toArray(double[][]::new);
    int kernels = this.points.length + 1;
    int parameters = this.distributions.length;
    double[] weights = weights(this.points.length);
    double sum = Arrays.stream(weights).sum();
    this.cumulative = new double[kernels];
    this.logWeights = new double[kernels];
    for (int k = 0; k < kernels; k++) {
      cumulative[k] = weights[k] / sum + (k == 0 ? 0 : cumulative[k - 1]);
      logWeights[k] = Math.log(weights[k] / sum);
    }
    this.low = new double[parameters];
    this.high = new double[parameters];
    this.width = new double[parameters][];
    for (int i = 0; i < parameters; i++) {
      if (this.distributions[i] instanceof Distribution.Range range) {
        low[i] = range.low();
        high[i] = range.high();
        width[i] = widths(i);
      }
    }
  }

  /** The widths of all kernels but the prior's along a range. */
  private double[] widths(int i) {
    int count = points.length;
    Integer[] order = new Integer[count];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> points[k][i]));
    double range = high[i] - low[i];
    double least = Math.max(NARROWEST, 1.0 / (count + 2)) * range;
    double[] widths = new double[count];
    for (int k = 0; k < count; k++) {
      double at = points[order[k]][i];
      double below = k > 0 ? at - points[order[k - 1]][i] : count == 1 ? at - low[i] : 0;
      double above = k < count - 1 ? points[order[k + 1]][i] - at : count == 1 ? high[i] - at : 0;
      widths[order[k]] = Math.clamp(Math.max(below, above), least, range);
    }
    return widths;
  }

  /** The last weight is that of the prior. */
  private static double[] weights(int points) {
    double[] weights = new double[points + 1];
    Arrays.fill(weights, 1);
    int early = points - RECENT;
    for (int i = 0; i < early; i++) {
      double least = 1.0 / points;
      weights[i] = early == 1 ? least : least + (1 - least) * i / (early - 1);
    }
    return weights;
  }

  private boolean isPrior(int kernel) {
    return kernel == points.length;
  }

  private double centre(int kernel, int i) {
    return isPrior(kernel) ? (low[i] + high[i]) / 2 : points[kernel][i];
  }

  private double width(int kernel, int i) {
    return isPrior(kernel) ? high[i] - low[i] : width[i][kernel];
  }

  /** Draws a point. */
  double[] sample(RandomStream random) {
    int kernel = random.firstAbove(cumulative, 0, cumulative.length);
    double[] point = new double[distributions.length];
    for (int i = 0; i < point.length; i++) {
      point[i] =
          switch (distributions[i]) {
            case Distribution.Choice choice -> choice(kernel, i, choice.values().size(), random);
            case Distribution.Range range -> number(kernel, i, range, random);
          };
    }
    return point;
  }

  private double choice(int kernel, int i, int values, RandomStream random) {
    return isPrior(kernel) || random.random() < smoothing(values)
        ? random.integers(values)
        : points[kernel][i];
  }

  /** The probability that a kernel gives any of a choice's values, and not that of its point. */
  private double smoothing(int values) {
    return (double) values / (points.length + 1 + values);
  }

  private double number(int kernel, int i, Distribution.Range range, RandomStream random) {
    double drawn;
    do {
      drawn = random.normal(centre(kernel, i), width(kernel, i));
    } while (!(drawn >= low[i] && drawn < high[i]));
    return range.scale().step() > 0 ? range.coordinate(range.value(drawn)) : drawn;
  }

  /** The logarithm of the density, or of the probability where values are countable, at a point. */
  double logDensity(double[] point) {
    double[] logs = logWeights.clone();
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      for (int i = 0; i < point.length; i++) {
        logs[k] += logKernel(k, i, point[i]);
      }
      most = Math.max(most, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum);
  }

  private double logKernel(int kernel, int i, double at) {
    if (distributions[i] instanceof Distribution.Choice choice) {
      int values = choice.values().size();
      double any = smoothing(values);
      return isPrior(kernel)
          ? -Math.log(values)
          : Math.log(any / values + (points[kernel][i] == at ? 1 - any : 0));
    }
    double step = ((Distribution.Range) distributions[i]).scale().step();
    double centre = centre(kernel, i);
    double width = width(kernel, i);
    double inside = Normal.between((low[i] - centre) / width, (high[i] - centre) / width);
    double z = (at - centre) / width;
    double density =
        step > 0
            ? Math.log(Normal.between(z - step / 2 / width, z + step / 2 / width))
            : Normal.logDensity(z) - Math.log(width);
    return density - Math.log(inside);
  }
}
