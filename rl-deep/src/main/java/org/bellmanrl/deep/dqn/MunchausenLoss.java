package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The loss of action values under the policy π = softmax(Q' / τ) of the target network, whose
 * logarithm is added to the reward.
 *
 * <pre>
 * y = R + α clip(τ ln π(A|S), l₀, 0) + γ Σ_a π(a|S') (Q'(S', a) − τ ln π(a|S'))
 * loss = mean of w · huber(Q(S, A) − y)
 * </pre>
 *
 * <p>Source: Vieillard, Pietquin and Geist, <i>Munchausen Reinforcement Learning</i>, 2020,
 * equation 2 and algorithm 1. R and γ are over n steps, w is the importance weight of the sample,
 * and π gives what a mask forbids no probability.
 */
final class MunchausenLoss extends ValueLoss {
  private final double temperature;
  private final double share;
  private final double leastLog;
  private float[] presentTargets = {};
  private double max;

  /**
   * A loss for batches of {@code size} rows.
   *
   * @param temperature τ
   * @param share α
   * @param leastLog l₀
   */
  MunchausenLoss(Discrete actions, double temperature, double share, double leastLog, int size) {
    super(actions, size);
    this.temperature = temperature;
    this.share = share;
    this.leastLog = leastLog;
  }

  /** Takes the outputs of the target network at S, laid out as the others. */
  void present(float[] targetValues) {
    presentTargets = targetValues;
  }

  @Override
  protected void compute(ReplayBatch batch, int row, int from) {
    int at = from + taken(batch, row);
    double partition = partition(presentTargets, from, batch.mask(), row * batch.maskWidth());
    double log = presentTargets[at] - max - temperature * ExactMath.log(partition);
    double target = batch.rewards()[row] + share * Math.max(leastLog, Math.min(0, log));
    if (batch.bootstraps()[row] != 0f) {
      target += batch.bootstraps()[row] * softValue(batch, row, from);
    }
    meanValue += values[at] / batch.size();
    learn(row, at, (float) (values[at] - target), batch.weights()[row] / batch.size());
  }

  /** Σ π (Q' − τ ln π) = τ ln Σ exp(Q' / τ). */
  private double softValue(ReplayBatch batch, int row, int from) {
    double partition = partition(nextValues, from, batch.nextMask(), row * batch.maskWidth());
    if (partition == 0) {
      throw nothingAllowed(batch, row);
    }
    return max + temperature * ExactMath.log(partition);
  }

  /** Σ exp((Q' − max) / τ) over what is allowed, and the largest of these; 0 if nothing is. */
  private double partition(float[] of, int from, boolean[] mask, int maskAt) {
    max = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < actions(); a++) {
      if (mask.length == 0 || mask[maskAt + a]) {
        max = Math.max(max, of[from + a]);
      }
    }
    double sum = 0;
    for (int a = 0; a < actions(); a++) {
      if (mask.length == 0 || mask[maskAt + a]) {
        sum += ExactMath.exp((of[from + a] - max) / temperature);
      }
    }
    return sum;
  }
}
