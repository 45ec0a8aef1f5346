package org.bellmanrl.deep.dqn;

import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * A loss of action values on a batch and its gradient with respect to the outputs of the network.
 *
 * <p>Scratch space of one learner, not thread-safe; it allocates nothing once it exists.
 */
public abstract class ValueLoss {
  /** Per row, the error that priorities are computed from. */
  protected final float[] errors;

  /** The loss of the last batch. */
  protected float loss;

  /** The mean of Q(S, A) over the last batch. */
  protected float meanValue;

  /** A loss for batches of {@code size} rows. */
  protected ValueLoss(int size) {
    this.errors = new float[size];
  }

  /**
   * Computes errors, loss and gradient.
   *
   * @param batch what was drawn
   * @param values outputs of the network at S, rows {@code stride} apart, as all of these unless
   *     the networks have other outputs there
   * @param nextValues outputs of the target network at S'
   * @param choosing outputs that decide on the action at S': the target network's again, or for
   *     double Q-learning those of the network that learns
   * @param gradients takes the gradient of the loss with respect to {@code values}
   * @throws IllegalStateException if a mask allows no action where one is needed
   */
  public abstract void compute(
      ReplayBatch batch,
      float[] values,
      float[] nextValues,
      float[] choosing,
      int stride,
      float[] gradients);

  /** The error of each row, after {@link #compute}: the array itself, which is overwritten. */
  public final float[] errors() {
    return errors;
  }

  /** The loss, after {@link #compute}. */
  public final float loss() {
    return loss;
  }

  /** The mean of Q(S, A), after {@link #compute}. */
  public final float meanValue() {
    return meanValue;
  }

  /** The index that a mask allows, or a complaint if there is none. */
  static int requireAllowed(int action, ReplayBatch batch, int row) {
    if (action < 0) {
      throw new IllegalStateException(
          "the mask of an observation that is bootstrapped from allows no action: "
              + batch.nextObservations().text(row));
    }
    return action;
  }

  static float huber(float error) {
    float size = Math.abs(error);
    return size <= 1f ? 0.5f * error * error : size - 0.5f;
  }

  /** The derivative of {@link #huber}. */
  static float clipped(float error) {
    return Math.max(-1f, Math.min(1f, error));
  }
}
