package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.ExactMath;
import org.bellmanrl.deep.network.MaskedValues;
import org.bellmanrl.deep.replay.ReplayBatch;

/**
 * The loss of a categorical distribution of the return over fixed atoms z_i, evenly spaced from
 * {@code low} to {@code high}. An action has an output per atom; p = softmax of these.
 *
 * <pre>
 * a* = argmax_a Σ_i z_i p'_i(S', a)
 * m = Φ of the distribution of R + γ z_j with the probabilities p'_j(S', a*)
 * loss = mean of w · −Σ_i m_i ln p_i(S, A)
 * </pre>
 *
 * <p>where Φ splits each probability between the two atoms next to R + γ z_j, clipped to [low,
 * high]. Source: Bellemare, Dabney and Munos, <i>A Distributional Perspective on Reinforcement
 * Learning</i>, 2017, algorithm 1. R and γ are over n steps, w is the importance weight of the
 * sample, and a* is among the actions that the mask of S' allows. The error of a row is its loss
 * (Hessel et al., 2018).
 */
final class C51Loss extends ValueLoss {
  private final Discrete actions;
  private final int atoms;
  private final double low;
  private final double spacing;
  private final double[] probabilities;
  private final double[] projected;
  private final float[] means;

  C51Loss(Discrete actions, int atoms, double low, double high, int size) {
    super(size);
    this.actions = actions;
    this.atoms = atoms;
    this.low = low;
    this.spacing = (high - low) / (atoms - 1);
    this.probabilities = new double[atoms];
    this.projected = new double[atoms];
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
      project(batch, nextValues, choosing, row * stride, row);
      int at = row * stride + (batch.actions().ints()[row] - actions.start()) * atoms;
      float weight = batch.weights()[row] / size;
      double logPartition = softmax(values, at);
      double crossEntropy = 0;
      for (int i = 0; i < atoms; i++) {
        crossEntropy -= projected[i] * (values[at + i] - logPartition);
        gradients[at + i] = (float) (weight * (probabilities[i] - projected[i]));
      }
      loss += (float) (weight * crossEntropy);
      meanValue += mean() / size;
      errors[row] = (float) crossEntropy;
    }
  }

  private void project(ReplayBatch batch, float[] nextValues, float[] choosing, int from, int row) {
    Arrays.fill(projected, 0);
    double reward = batch.rewards()[row];
    double bootstrap = batch.bootstraps()[row];
    if (bootstrap == 0) {
      split(reward, 1);
      return;
    }
    for (int a = 0; a < means.length; a++) {
      softmax(choosing, from + a * atoms);
      means[a] = mean();
    }
    int maskAt = row * batch.maskWidth();
    int best = MaskedValues.argmax(means, 0, means.length, batch.nextMask(), maskAt);
    softmax(nextValues, from + requireAllowed(best, batch, row) * atoms);
    for (int j = 0; j < atoms; j++) {
      split(reward + bootstrap * (low + j * spacing), probabilities[j]);
    }
  }

  /** Gives a probability to the atoms next to a return. */
  private void split(double of, double probability) {
    double place = Math.max(0, Math.min(atoms - 1.0, (of - low) / spacing));
    int below = Math.min((int) place, atoms - 2);
    double share = place - below;
    projected[below] += probability * (1 - share);
    projected[below + 1] += probability * share;
  }

  /** Fills the probabilities, and returns ln Σ exp. */
  private double softmax(float[] outputs, int at) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < atoms; i++) {
      max = Math.max(max, outputs[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < atoms; i++) {
      probabilities[i] = ExactMath.exp(outputs[at + i] - max);
      sum += probabilities[i];
    }
    for (int i = 0; i < atoms; i++) {
      probabilities[i] /= sum;
    }
    return max + ExactMath.log(sum);
  }

  private float mean() {
    double sum = 0;
    for (int i = 0; i < atoms; i++) {
      sum += probabilities[i] * (low + i * spacing);
    }
    return (float) sum;
  }
}
