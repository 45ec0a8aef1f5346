package org.bellmanrl.deep.dqn;

import org.bellmanrl.api.space.Discrete;
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
   * The same, of rescaled values if configured: outputs are then h of values, and y = h(R + γ ·
   * h⁻¹(Q'(…))) with h(x) = sign(x)(√(|x| + 1) − 1) + εx and ε = 10⁻³ (Pohlen et al., 2018; R2D2,
   * Kapturowski et al., 2019).
   *
   * @param actions those that the network has an output for
   */
  public TdLoss(Discrete actions, int size, boolean rescaled) {
    super(actions, size);
    this.rescaled = rescaled;
  }

  @Override
  protected void compute(ReplayBatch batch, int row, int from) {
    float tdTarget = batch.rewards()[row];
    float bootstrap = batch.bootstraps()[row];
    if (bootstrap != 0f) {
      float next = nextValues[from + best(batch, row, choosing, from)];
      tdTarget += bootstrap * (rescaled ? restored(next) : next);
    }
    if (rescaled) {
      tdTarget = rescaled(tdTarget);
    }
    int at = from + taken(batch, row);
    float perRow = 1f / batch.size();
    meanValue += perRow * values[at];
    learn(row, at, values[at] - tdTarget, batch.weights()[row] * perRow);
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
}
