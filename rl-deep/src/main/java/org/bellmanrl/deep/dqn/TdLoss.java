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
 */
public final class TdLoss extends ValueLoss {
  private static final double EPSILON = 1e-3;

  private final int actions;
  private final int start;
  private final boolean rescaled;

  /**
   * A loss for batches of {@code size} rows.
   *
   * @param actions those that the network has an output for
   */
  public TdLoss(Discrete actions, int size) {
    this(actions, size, false);
  }

  /**
   * The same, of rescaled values if asked for: outputs are then h of values, and y = h(R + γ ·
   * h⁻¹(Q'(…))) with h(x) = sign(x)(√(|x| + 1) − 1) + εx and ε = 10⁻³ (Pohlen et al., 2018; R2D2,
   * Kapturowski et al., 2019).
   *
   * @param actions those that the network has an output for
   */
  public TdLoss(Discrete actions, int size, boolean rescaled) {
    super(size);
    this.rescaled = rescaled;
    this.actions = actions.n();
    this.start = actions.start();
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
        float next = nextValues[from + best(batch, choosing, from, row)];
        tdTarget += bootstraps[row] * (rescaled ? restored(next) : next);
      }
      if (rescaled) {
        tdTarget = rescaled(tdTarget);
      }
      int at = from + taken[row] - start;
      float error = values[at] - tdTarget;
      float weight = weights[row] * perRow;
      errors[row] = error;
      sum += weight * huber(error);
      valueSum += perRow * values[at];
      gradients[at] = weight * clipped(error);
    }
    loss = sum;
    meanValue = valueSum;
  }

  /** h. */
  static float rescaled(float x) {
    double size = Math.abs((double) x);
    return (float) (Math.copySign(Math.sqrt(size + 1) - 1, x) + EPSILON * x);
  }

  /** h⁻¹. */
  static float restored(float x) {
    double size = Math.abs((double) x);
    double root = (Math.sqrt(1 + 4 * EPSILON * (size + 1 + EPSILON)) - 1) / (2 * EPSILON);
    return (float) Math.copySign(root * root - 1, x);
  }

  private int best(ReplayBatch batch, float[] values, int from, int row) {
    int maskAt = row * batch.maskWidth();
    int best = MaskedValues.argmax(values, from, actions, batch.nextMask(), maskAt);
    return requireAllowed(best, batch, row);
  }
}
