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
final class QuantileLoss extends ValueLoss {
  private final Discrete actions;
  private final int quantiles;
  private final float[] means;
  private final float[] targets;

  QuantileLoss(Discrete actions, int quantiles, int size) {
    super(size);
    this.actions = actions;
    this.quantiles = quantiles;
    this.means = new float[actions.n()];
    this.targets = new float[quantiles];
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
      float meanTarget = target(batch, nextValues, choosing, row * stride, row);
      int at = row * stride + (batch.actions().ints()[row] - actions.start()) * quantiles;
      float weight = batch.weights()[row] / size;
      float value = mean(values, at);
      loss += weight * regress(values, at, weight, gradients);
      meanValue += value / size;
      errors[row] = value - meanTarget;
    }
  }

  /** Fills the targets of a row, and returns their mean. */
  private float target(ReplayBatch batch, float[] nextValues, float[] choosing, int from, int row) {
    float bootstrap = batch.bootstraps()[row];
    Arrays.fill(targets, batch.rewards()[row]);
    if (bootstrap != 0f) {
      for (int a = 0; a < means.length; a++) {
        means[a] = mean(choosing, from + a * quantiles);
      }
      int maskAt = row * batch.maskWidth();
      int best = MaskedValues.argmax(means, 0, means.length, batch.nextMask(), maskAt);
      int at = from + requireAllowed(best, batch, row) * quantiles;
      for (int j = 0; j < quantiles; j++) {
        targets[j] += bootstrap * nextValues[at + j];
      }
    }
    return mean(targets, 0);
  }

  private float mean(float[] of, int at) {
    float sum = 0;
    for (int i = 0; i < quantiles; i++) {
      sum += of[at + i];
    }
    return sum / quantiles;
  }

  /** Returns the loss of a row without its weight, and writes its gradient. */
  private float regress(float[] values, int at, float weight, float[] gradients) {
    float sum = 0;
    for (int i = 0; i < quantiles; i++) {
      float tau = (i + 0.5f) / quantiles;
      float slope = 0;
      for (int j = 0; j < quantiles; j++) {
        float u = targets[j] - values[at + i];
        float side = u < 0 ? 1 - tau : tau;
        sum += side * huber(u);
        slope -= side * clipped(u);
      }
      gradients[at + i] = weight * slope / quantiles;
    }
    return sum / quantiles;
  }
}
