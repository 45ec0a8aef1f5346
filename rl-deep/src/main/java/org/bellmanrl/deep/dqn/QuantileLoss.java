package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The loss of quantiles of the return. An action has N outputs θ₁ … θ_N, the quantiles at the
 * midpoints τ_i = (i − ½) / N; its value is their mean.
 *
 * <pre>
 * y_j = R + γ θ'_j(S', a*),   a* = argmax_a Σ_j θ'_j(S', a)
 * u_ij = y_j − θ_i(S, A)
 * loss = mean of w · Σ_i 1/N Σ_j |τ_i − 1{u_ij &lt; 0}| · huber(u_ij)
 * </pre>
 *
 * <p>Source: Dabney et al., <i>Distributional Reinforcement Learning with Quantile Regression</i>,
 * 2018, equation 10 with κ = 1 and algorithm 1. R and γ are over n steps, w is the importance
 * weight of the sample, and a* is among the actions that the mask of S' allows.
 */
class QuantileLoss extends ValueLoss {
  /** N, those at S. */
  final int quantiles;

  /** y; N of them, or another number of quantiles at S'. */
  private final float[] targets;

  /** What the actions at S' are chosen by. */
  private final float[] means;

  QuantileLoss(Discrete actions, int quantiles, int size) {
    this(actions, quantiles, quantiles, size);
  }

  /**
   * The loss of other numbers of quantiles.
   *
   * @param quantiles at S
   * @param next at S'
   */
  QuantileLoss(Discrete actions, int quantiles, int next, int size) {
    super(actions, size);
    this.quantiles = quantiles;
    this.targets = new float[next];
    this.means = new float[actions.n()];
  }

  @Override
  protected void compute(ReplayBatch batch, int row, int from) {
    float meanTarget = target(batch, row, from);
    int at = from + taken(batch, row) * quantiles;
    float weight = batch.weights()[row] / batch.size();
    float value = mean(values, at, quantiles);
    loss += weight * regress(from, at, weight);
    meanValue += value / batch.size();
    errors[row] = value - meanTarget;
  }

  /** Fills the targets of a row, and returns their mean. */
  private float target(ReplayBatch batch, int row, int from) {
    float bootstrap = batch.bootstraps()[row];
    Arrays.fill(targets, batch.rewards()[row]);
    if (bootstrap != 0f) {
      chooseBy(row, from, means);
      int at = nextFrom(row, from) + best(batch, row, means, 0) * targets.length;
      for (int j = 0; j < targets.length; j++) {
        targets[j] += bootstrap * nextValues[at + j];
      }
    }
    return mean(targets, 0, targets.length);
  }

  /** Where the outputs of a row at S' begin if those at S begin at {@code from}. */
  int nextFrom(int row, int from) {
    return from;
  }

  /** Reads the value of each action at S'. */
  void chooseBy(int row, int from, float[] into) {
    for (int a = 0; a < into.length; a++) {
      into[a] = mean(choosing, from + a * quantiles, quantiles);
    }
  }

  /** τ_i of a row that begins at {@code from}. */
  float fraction(int from, int i) {
    return (i + 0.5f) / quantiles;
  }

  private static float mean(float[] of, int at, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += of[at + i];
    }
    return sum / count;
  }

  /** Returns the loss of a row without its weight, and writes its gradient. */
  private float regress(int from, int at, float weight) {
    float sum = 0;
    for (int i = 0; i < quantiles; i++) {
      float tau = fraction(from, i);
      float slope = 0;
      for (float target : targets) {
        float u = target - values[at + i];
        float side = u < 0 ? 1 - tau : tau;
        sum += side * huber(u);
        slope -= side * clipped(u);
      }
      gradients[at + i] = weight * slope / targets.length;
    }
    return sum / targets.length;
  }
}
