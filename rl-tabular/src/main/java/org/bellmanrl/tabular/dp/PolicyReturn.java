package org.bellmanrl.tabular.dp;

import org.bellmanrl.api.LearningException;
import org.bellmanrl.api.model.FiniteModel;

/**
 * The mean and the variance of the return of a policy in an exact model.
 *
 * <pre>
 * V(s) = Σ π(a|s) p(s', r | s, a) [r + γ V(s')]
 * W(s) = Σ π(a|s) p(s', r | s, a) [(r + γ V(s') − V(s))² + γ² W(s')]
 * </pre>
 *
 * <p>Source: Sobel, <i>The Variance of Discounted Markov Decision Processes</i>, Journal of Applied
 * Probability 19, 1982; in this form, which subtracts no large numbers, Sherstan et al.,
 * <i>Comparing Direct and Indirect Temporal-Difference Methods for Estimating the Variance of the
 * Return</i>, UAI 2018. Immutable.
 */
public final class PolicyReturn {
  private final FiniteModel model;
  private final PolicyEvaluation values;
  private final double[] variance;

  /**
   * Calculates both.
   *
   * @throws IllegalArgumentException as {@link PolicyEvaluation} does
   */
  public PolicyReturn(FiniteModel model, PolicyTable policy, PolicyEvaluation.Config config) {
    this.model = model;
    this.values = new PolicyEvaluation(model, policy, config);
    this.variance = new double[model.states()];
    values.run();
    double gamma = config.gamma();
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; change >= config.tolerance(); sweep++) {
      if (sweep == config.maxSweeps()) {
        throw new LearningException(
            "the variance has not settled after %d sweeps, the last of which changed it by %s"
                .formatted(sweep, change));
      }
      change = 0;
      for (int s = 0; s < variance.length; s++) {
        double w = 0;
        for (int a = 0; a < model.actions(); a++) {
          double chance = policy.probability(s, a);
          for (int i = model.from(s, a); i < model.to(s, a) && chance > 0; i++) {
            boolean end = model.terminated(i);
            double next = end ? 0 : values.value(model.next(i));
            double error = model.reward(i) + gamma * next - values.value(s);
            double after = end ? 0 : variance[model.next(i)];
            w += chance * model.probability(i) * (error * error + gamma * gamma * after);
          }
        }
        change = Math.max(change, Math.abs(w - variance[s]));
        variance[s] = w;
      }
    }
  }

  /** Mean return from a state. */
  public double mean(int state) {
    return values.value(state);
  }

  /** Variance of the return from a state. */
  public double variance(int state) {
    return variance[state];
  }

  /** Mean return of an episode. */
  public double mean() {
    return values.startValue();
  }

  /** Variance of the return of an episode, that of its first state included. */
  public double variance() {
    double sum = 0;
    for (int s = 0; s < variance.length; s++) {
      double off = values.value(s) - mean();
      sum += model.initial(s) * (variance[s] + off * off);
    }
    return sum;
  }
}
