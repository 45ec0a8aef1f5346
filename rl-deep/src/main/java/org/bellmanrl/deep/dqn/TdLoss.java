package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The loss of DQN on a batch and its gradient with respect to the outputs of the network.
 *
 * <pre>
 * y = R + γ · max_a Q'(S', a)                      (Mnih et al., 2015)
 * y = R + γ · Q'(S', argmax_a Q(S', a))            (double; van Hasselt, Guez and Silver, 2016)
 * δ = Q(S, A) − y
 * loss = mean of w · huber(δ)
 * </pre>
 *
 * <p>with R and γ over n steps and w the importance weight of the sample. The maximum is over the
 * actions that the mask of S' allows.
 *
 * <p>A scratch space for one learner, not thread-safe. It allocates nothing once it exists.
 */
public final class TdLoss {
  private final int actions;
  private final int start;
  private final int size;
  private final float[] errors;
  private float loss;
  private float meanValue;

  /**
   * A loss for batches of {@code size} rows.
   *
   * @param actions those that the network has an output for
   */
  public TdLoss(Discrete actions, int size) {
    this.actions = actions.n();
    this.start = actions.start();
    this.size = size;
    this.errors = new float[size];
  }

  /** δ per row, after {@link #compute}: the array itself, which the next batch overwrites. */
  public float[] errors() {
    return errors;
  }

  /** The loss. */
  public float loss() {
    return loss;
  }

  /** The mean of Q(S, A). */
  public float meanValue() {
    return meanValue;
  }

  /**
   * Computes errors, loss and gradient.
   *
   * @param batch what was drawn
   * @param values Q(S, ·), rows {@code stride} apart, as all of these
   * @param nextValues Q'(S', ·), the target network's
   * @param choosing decides on the action at S': the target network's values again, or for double
   *     Q-learning the online network's
   * @param gradients takes the gradient of the loss with respect to {@code values}
   * @throws IllegalStateException if a mask of S' allows no action where S' counts
   */
  public void compute(
      ReplayBatch batch,
      float[] values,
      float[] nextValues,
      float[] choosing,
      int stride,
      float[] gradients) {
    float[] rewards = batch.rewards();
    float[] bootstraps = batch.bootstraps();
    float[] weights = batch.weights();
    int[] taken = batch.actions().ints();
    float perRow = 1f / size;
    float sum = 0;
    float valueSum = 0;
    Arrays.fill(gradients, 0, size * stride, 0f);
    for (int row = 0; row < size; row++) {
      int from = row * stride;
      float tdTarget = rewards[row];
      if (bootstraps[row] != 0f) {
        tdTarget += bootstraps[row] * nextValues[from + best(batch, choosing, from, row)];
      }
      int at = from + taken[row] - start;
      float error = values[at] - tdTarget;
      float weight = weights[row] * perRow;
      errors[row] = error;
      sum += weight * huber(error);
      valueSum += perRow * values[at];
      gradients[at] = weight * Math.max(-1f, Math.min(1f, error));
    }
    loss = sum;
    meanValue = valueSum;
  }

  private int best(ReplayBatch batch, float[] values, int from, int row) {
    int best =
        MaskedValues.argmax(values, from, actions, batch.nextMask(), row * batch.maskWidth());
    if (best < 0) {
      throw new IllegalStateException(
          "the mask of an observation that is bootstrapped from allows no action: "
              + batch.nextObservations().text(row));
    }
    return best;
  }

  private static float huber(float error) {
    float size = Math.abs(error);
    return size <= 1f ? 0.5f * error * error : size - 0.5f;
  }
}
