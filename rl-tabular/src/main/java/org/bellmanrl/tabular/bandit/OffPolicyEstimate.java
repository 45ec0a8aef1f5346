package org.bellmanrl.tabular.bandit;

import org.bellmanrl.api.options.Require;

/**
 * Estimates what a policy would earn per pull from what another one did: off-policy evaluation.
 *
 * <pre>
 * ρ = π(A | x) / b(A | x)
 * IPS  = 1/n Σ ρ R
 * SNIPS = Σ ρ R / Σ ρ
 * DR   = 1/n Σ [Σ_a π(a | x) r̂(x, a) + ρ (R − r̂(x, A))]
 * </pre>
 *
 * <p>Source: Horvitz &amp; Thompson, <i>A Generalization of Sampling Without Replacement</i>, JASA
 * 47, 1952 (inverse propensity scores, unbiased); Swaminathan &amp; Joachims, <i>The
 * Self-Normalized Estimator for Counterfactual Learning</i>, NIPS 2015 (biased, of less variance);
 * Dudík, Langford &amp; Li, <i>Doubly Robust Policy Evaluation and Learning</i>, ICML 2011
 * (unbiased if the probabilities are right, whatever the model r̂ of the rewards).
 *
 * <p>Not thread-safe.
 */
public final class OffPolicyEstimate {
  private long count;
  private double ratios;
  private double weighted;
  private double weightedSquares;
  private double robust;
  private double robustSquares;

  /** Nothing logged yet. */
  public OffPolicyEstimate() {}

  /** Takes in a pull without a model of the rewards: r̂ is 0. */
  public void add(double reward, double behaviour, double target) {
    add(reward, behaviour, target, 0, 0);
  }

  /**
   * Takes in a pull.
   *
   * @param reward R
   * @param behaviour b(A | x), the probability that the arm had when it was pulled, in (0, 1]
   * @param target π(A | x), the probability that it has under the policy to judge, in [0, 1]
   * @param predicted r̂(x, A), what the model expected of the arm
   * @param predictedOfTarget Σ_a π(a | x) r̂(x, a), what it expects of the policy to judge
   * @throws IllegalArgumentException if a number is out of range
   */
  public void add(
      double reward, double behaviour, double target, double predicted, double predictedOfTarget) {
    if (!(behaviour > 0 && behaviour <= 1)) {
      throw new IllegalArgumentException(
          "the probability of an arm that was pulled must be in (0, 1], was " + behaviour);
    }
    if (!(target >= 0 && target <= 1)) {
      throw new IllegalArgumentException(
          "the probability of an arm under the target policy must be in [0, 1], was " + target);
    }
    Require.finite("reward", reward);
    Require.finite("predicted reward", predicted);
    Require.finite("predicted reward of the target policy", predictedOfTarget);
    double ratio = target / behaviour;
    double term = predictedOfTarget + ratio * (reward - predicted);
    count++;
    ratios += ratio;
    weighted += ratio * reward;
    weightedSquares += ratio * reward * ratio * reward;
    robust += term;
    robustSquares += term * term;
  }

  /** Pulls taken in. */
  public long count() {
    return count;
  }

  /** Inverse propensity scores; NaN before the first pull. */
  public double inversePropensity() {
    return weighted / count;
  }

  /** The standard error of {@link #inversePropensity}; NaN before the second pull. */
  public double inversePropensityError() {
    return error(weighted, weightedSquares);
  }

  /** The self-normalised estimate; NaN while the target policy would have pulled nothing. */
  public double selfNormalised() {
    return weighted / ratios;
  }

  /** The doubly robust estimate; NaN before the first pull. */
  public double doublyRobust() {
    return robust / count;
  }

  /** The standard error of {@link #doublyRobust}; NaN before the second pull. */
  public double doublyRobustError() {
    return error(robust, robustSquares);
  }

  private double error(double sum, double squares) {
    double mean = sum / count;
    double variance = (squares / count - mean * mean) / (count - 1);
    return Math.sqrt(variance < 0 ? 0 : variance);
  }
}
