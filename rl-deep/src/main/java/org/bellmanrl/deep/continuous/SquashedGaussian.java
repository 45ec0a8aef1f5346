package org.bellmanrl.deep.continuous;

import static org.bellmanrl.deep.internal.action.SquashedReader.LARGEST_LOG_DEVIATION;
import static org.bellmanrl.deep.internal.action.SquashedReader.LEAST_LOG_DEVIATION;

import java.util.Arrays;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.internal.action.SquashedReader;
import org.bellmanrl.deep.network.StateDependentNoise;

/**
 * A batch of normal distributions, independent per element, squeezed into (−1, 1) by tanh. Means μ
 * and logarithms of deviations σ are outputs of a network: row i has its μ from {@code i · stride}
 * on, then its ln σ, within the limits of {@link SquashedReader}.
 *
 * <pre>
 * u = μ + σ ε,  ε ~ N(0, 1),  a = tanh u
 * ln π(a|s) = Σ_d −½ ε² − ln σ − ½ ln 2π − ln(1 − tanh² u)
 * ln(1 − tanh² u) = 2 (ln 2 − u − softplus(−2u)) = 2 (ln 2 − |u| − ln(1 + exp(−2|u|)))
 * </pre>
 *
 * <p>Source: Haarnoja et al., 2018, appendix C; the last line, which stays exact where tanh u
 * rounds to ±1, is common. By the same bits interpreted and compiled. Not thread-safe.
 */
final class SquashedGaussian {
  private static final double HALF_LOG_2PI = 0.9189385332046727;
  private static final double LN_2 = 0.6931471805599453;

  private final int size;
  private final boolean exploration;
  private final double[] noise;
  private final double[] spread;
  private final double[] slope;

  /** a of each row. */
  final double[] action;

  /** ln π(a|s) of each row. */
  final double[] logProbability;

  /**
   * Distributions of a fixed number of elements.
   *
   * @param exploration whether the outputs are those of {@link StateDependentNoise}: variances
   *     instead of ln σ, then the noise, then what enters it
   */
  SquashedGaussian(int size, int maxRows, boolean exploration) {
    this.size = size;
    this.exploration = exploration;
    int elements = Math.multiplyExact(size, maxRows);
    this.noise = new double[elements];
    this.spread = new double[elements];
    this.slope = new double[elements];
    this.action = new double[elements];
    this.logProbability = new double[maxRows];
  }

  /**
   * Draws an action in each row: one {@code standardNormal()} per element, row after row; or none,
   * with the noise of state-dependent exploration.
   */
  void sample(float[] outputs, int stride, int rows, RandomStream random) {
    if (!exploration) {
      random.fillStandardNormal(noise, 0, rows * size);
    }
    for (int i = 0; i < rows; i++) {
      for (int d = 0; exploration && d < size; d++) {
        int at = i * stride + size + d;
        noise[i * size + d] = outputs[at + size] / Math.sqrt(outputs[at]);
      }
      squash(outputs, i * stride, i);
    }
  }

  /**
   * As {@link #sample} for one row, with given noise.
   *
   * @param outputs the network's
   * @param at where those of this distribution begin
   * @param row of the actions, which takes the result
   * @param epsilon ε from {@code epsilonAt} on
   */
  void put(float[] outputs, int at, int row, double[] epsilon, int epsilonAt) {
    System.arraycopy(epsilon, epsilonAt, noise, row * size, size);
    squash(outputs, at, row);
  }

  private void squash(float[] outputs, int at, int row) {
    double sum = 0;
    for (int d = 0; d < size; d++) {
      int e = row * size + d;
      double second = outputs[at + size + d];
      double logDeviation =
          exploration ? 0.5 * ExactMath.log(second) : SquashedReader.clamp(second);
      double deviation = exploration ? Math.sqrt(second) : ExactMath.exp(logDeviation);
      double scaled = deviation * noise[e];
      double u = outputs[at + d] + scaled;
      double distance = Math.abs(u);
      double power = ExactMath.exp(-2 * distance);
      double inverse = 1 / (1 + power);
      action[e] = Math.copySign((1 - power) * inverse, u);
      slope[e] = 4 * power * inverse * inverse;
      spread[e] = scaled;
      double squeeze = 2 * (LN_2 - distance - ExactMath.log(1 + power));
      sum += -0.5 * noise[e] * noise[e] - logDeviation - HALF_LOG_2PI - squeeze;
    }
    logProbability[row] = sum;
  }

  /**
   * The derivatives of Σᵢ w ln π(aᵢ|sᵢ) + gᵢ · aᵢ with respect to the outputs, where each action
   * moves with them while its ε stays: the reparameterisation trick.
   *
   * <p>With d(ln π)/du = 2a and da/du = 1 − a²: μ gets w · 2a + g (1 − a²), and ln σ gets that
   * times σε, less w. Of noise n with variance σ², which both are outputs, n gets what μ gets less
   * w n/σ², and σ² gets w (n²/σ² − 1) / 2σ².
   *
   * @param outputs those that the actions were drawn with
   * @param weight w
   * @param actionGradients g, laid out as {@link #action}
   * @param into takes the derivatives, laid out as the outputs
   */
  void gradient(
      float[] outputs,
      int stride,
      int rows,
      double weight,
      double[] actionGradients,
      float[] into) {
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < size; d++) {
        int e = i * size + d;
        double toU = weight * 2 * action[e] + actionGradients[e] * slope[e];
        int at = i * stride + d;
        into[at] = (float) toU;
        if (exploration) {
          double variance = outputs[at + size];
          into[at + size] = (float) (0.5 * weight * (noise[e] * noise[e] - 1) / variance);
          into[at + 2 * size] = (float) (toU - weight * spread[e] / variance);
        } else {
          float second = outputs[at + size];
          boolean free = second >= LEAST_LOG_DEVIATION && second <= LARGEST_LOG_DEVIATION;
          into[at + size] = free ? (float) (toU * spread[e] - weight) : 0f;
        }
      }
      if (exploration) {
        Arrays.fill(into, i * stride + 3 * size, (i + 1) * stride, 0f);
      }
    }
  }
}
