package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.MaskedValues;
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
  private final Discrete actions;

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
    super(size);
    this.actions = actions;
    this.quantiles = quantiles;
    this.targets = new float[next];
    this.means = new float[actions.n()];
  }

  @Override
  public void compute(
      ReplayBatch batch,
      float[] values,
      float[] nextValues,
      float[] choosing,
      int stride,
      float[] gradients) {
    int size = batch.size();
    loss = 0;
    meanValue = 0;
    Arrays.fill(gradients, 0, size * stride, 0f);
    for (int row = 0; row < size; row++) {
      float meanTarget = target(batch, nextValues, choosing, stride, row);
      int from = row * stride;
      int at = from + (batch.actions().ints()[row] - actions.start()) * quantiles;
      float weight = batch.weights()[row] / size;
      float value = mean(values, at, quantiles);
      loss += weight * regress(values, from, at, weight, gradients);
      meanValue += value / size;
      errors[row] = value - meanTarget;
    }
  }

  /** Fills the targets of a row, and returns their mean. */
  private float target(
      ReplayBatch batch, float[] nextValues, float[] choosing, int stride, int row) {
    float bootstrap = batch.bootstraps()[row];
    Arrays.fill(targets, batch.rewards()[row]);
    if (bootstrap != 0f) {
      chooseBy(choosing, stride, row, means);
      int maskAt = row * batch.maskWidth();
      int best = MaskedValues.argmax(means, 0, means.length, batch.nextMask(), maskAt);
      int at = row * nextStride(stride) + requireAllowed(best, batch, row) * targets.length;
      for (int j = 0; j < targets.length; j++) {
        targets[j] += bootstrap * nextValues[at + j];
      }
    }
    return mean(targets, 0, targets.length);
  }

  /** Numbers from row to row of what the target network gives, for those of the other network. */
  int nextStride(int stride) {
    return stride;
  }

  /** Reads the value of each action at S'. */
  void chooseBy(float[] choosing, int stride, int row, float[] into) {
    for (int a = 0; a < into.length; a++) {
      into[a] = mean(choosing, row * stride + a * quantiles, quantiles);
    }
  }

  /** τ_i of a row that begins at {@code from}. */
  float fraction(float[] values, int from, int i) {
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
  private float regress(float[] values, int from, int at, float weight, float[] gradients) {
    float sum = 0;
    for (int i = 0; i < quantiles; i++) {
      float tau = fraction(values, from, i);
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
