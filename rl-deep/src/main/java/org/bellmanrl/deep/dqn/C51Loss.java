package org.bellmanrl.deep.dqn;

import java.util.Arrays;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.internal.Categories;
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
  private final Categories categories;
  private final double[] projected;
  private final float[] means;

  C51Loss(Discrete actions, int atoms, double low, double high, int size) {
    super(size);
    this.actions = actions;
    this.atoms = atoms;
    this.categories = new Categories(atoms, low, high);
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
      double logPartition = categories.softmax(values, at);
      double crossEntropy = 0;
      for (int i = 0; i < atoms; i++) {
        crossEntropy -= projected[i] * (values[at + i] - logPartition);
        gradients[at + i] = (float) (weight * (categories.probabilities[i] - projected[i]));
      }
      loss += (float) (weight * crossEntropy);
      meanValue += (float) categories.mean() / size;
      errors[row] = (float) crossEntropy;
    }
  }

  private void project(ReplayBatch batch, float[] nextValues, float[] choosing, int from, int row) {
    Arrays.fill(projected, 0);
    double reward = batch.rewards()[row];
    double bootstrap = batch.bootstraps()[row];
    if (bootstrap == 0) {
      categories.split(reward, 1, projected);
      return;
    }
    for (int a = 0; a < means.length; a++) {
      categories.softmax(choosing, from + a * atoms);
      means[a] = (float) categories.mean();
    }
    int maskAt = row * batch.maskWidth();
    int best = MaskedValues.argmax(means, 0, means.length, batch.nextMask(), maskAt);
    categories.softmax(nextValues, from + requireAllowed(best, batch, row) * atoms);
    for (int j = 0; j < atoms; j++) {
      double moved = reward + bootstrap * categories.atom(j);
      categories.split(moved, categories.probabilities[j], projected);
    }
  }
}
