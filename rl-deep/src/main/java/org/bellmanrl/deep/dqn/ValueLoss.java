package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * A loss of action values on a batch and its gradient with respect to the outputs of the network. A
 * subclass says what the loss of a row is.
 *
 * <p>Scratch space of one learner, not thread-safe; it allocates nothing once it exists.
 */
public abstract class ValueLoss {
  /** Outputs of the network at S. */
  protected float[] values = {};

  /** Outputs of the target network at S'. */
  protected float[] nextValues = {};

  /**
   * Outputs that decide on the action at S': the target network's again, or for double Q-learning
   * those of the network that learns.
   */
  protected float[] choosing = {};

  /** Takes the gradient of the loss with respect to {@link #values}; zeros at first. */
  protected float[] gradients = {};

  /** Per row, the error that priorities are computed from. */
  protected final float[] errors;

  /** The loss of the batch, to which each row adds. */
  protected float loss;

  /** The mean of Q(S, A) over the batch, to which each row adds. */
  protected float meanValue;

  private final Discrete actions;

  /**
   * A loss for batches of {@code size} rows.
   *
   * @param actions those that the network has outputs for
   */
  protected ValueLoss(Discrete actions, int size) {
    this.actions = actions;
    this.errors = new float[size];
  }

  /**
   * Computes errors, loss and gradient.
   *
   * @param batch what was drawn
   * @param values outputs of the network at S, rows {@code stride} apart, as all of these unless
   *     the networks have other outputs there
   * @param nextValues outputs of the target network at S'
   * @param choosing outputs that decide on the action at S'
   * @param gradients takes the gradient of the loss with respect to {@code values}
   * @throws IllegalStateException if a mask allows no action where one is needed
   */
  public final void compute(
      ReplayBatch batch,
      float[] values,
      float[] nextValues,
      float[] choosing,
      int stride,
      float[] gradients) {
    this.values = values;
    this.nextValues = nextValues;
    this.choosing = choosing;
    this.gradients = gradients;
    loss = 0;
    meanValue = 0;
    int size = batch.size();
    Arrays.fill(gradients, 0, size * stride, 0f);
    for (int row = 0; row < size; row++) {
      compute(batch, row, row * stride);
    }
  }

  /**
   * Computes error, loss and gradient of a row.
   *
   * @param from where the outputs of the row begin
   */
  protected abstract void compute(ReplayBatch batch, int row, int from);

  /**
   * Takes an error of an output by Huber's loss, which is quadratic up to 1 and linear beyond.
   *
   * @param at the output
   * @param error what it is above its target
   * @param weight of the row's loss
   */
  protected final void learn(int row, int at, float error, float weight) {
    errors[row] = error;
    loss += weight * huber(error);
    gradients[at] = weight * clipped(error);
  }

  /** The index of the action that was taken, from 0. */
  protected final int taken(ReplayBatch batch, int row) {
    return batch.actions().ints()[row] - actions.start();
  }

  /** The number of actions. */
  final int actions() {
    return actions.n();
  }

  /**
   * Returns the index of the action of the largest value that the mask of S' allows.
   *
   * @param of holds a value per action, from {@code at} on
   * @throws IllegalStateException if it allows none
   */
  protected final int best(ReplayBatch batch, int row, float[] of, int at) {
    int maskAt = row * batch.maskWidth();
    int best = MaskedValues.argmax(of, at, actions.n(), batch.nextMask(), maskAt);
    if (best < 0) {
      throw nothingAllowed(batch, row);
    }
    return best;
  }

  static IllegalStateException nothingAllowed(ReplayBatch batch, int row) {
    return new IllegalStateException(
        "the mask of an observation that is bootstrapped from allows no action: "
            + batch.nextObservations().text(row));
  }

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

  static float huber(float error) {
    float size = Math.abs(error);
    return size <= 1f ? 0.5f * error * error : size - 0.5f;
  }

  /** The derivative of {@link #huber}. */
  static float clipped(float error) {
    return Math.max(-1f, Math.min(1f, error));
  }
}
